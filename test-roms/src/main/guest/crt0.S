/* First instructions of every test: no kernel call but Exit (number 4), so that a CPU alone can run it. */
        .set    noreorder
        .section .text.start, "ax"
        .globl  _start
        .ent    _start
_start:
        la      $28, _gp
        li      $29, 0x01FF0000
        la      $2, _bss_start
        la      $3, _bss_end
1:      beq     $2, $3, 2f
        nop
        sw      $0, 0($2)
        addiu   $2, $2, 4
        b       1b
        nop
2:      jal     main
        nop
        move    $4, $2
        li      $3, 4
        syscall
3:      b       3b
        nop
        .end    _start
