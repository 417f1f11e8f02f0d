/*
 * Entered with $4 = -1 to prepare the data, else the number of a kernel, and $5 = 1 to count its instructions. Ends at a BREAK with
 * the kernel's checksum in $2 and, if asked for, what the performance counter counted in $3.
 */
        .set    noreorder
        .set    COUNTING, 0x8000019E    /* counter 0: completed instructions, in every mode */
        .section .text.start, "ax"
        .globl  _start
        .ent    _start
_start:
        la      $28, _gp
        la      $29, stack_top
        bltz    $4, 3f
        sll     $4, $4, 2
        la      $2, kernels
        addu    $2, $2, $4
        beqz    $5, 2f
        lw      $25, 0($2)

        li      $8, COUNTING
        mtps    $0, 0
        mtpc    $0, 0
        mtps    $8, 0
        jalr    $25
        nop
        mtps    $0, 0
        mfpc    $3, 0
        break
        nop

2:      jalr    $25
        nop
        break
        nop

3:      jal     prepare
        nop
        break
        nop
        .end    _start

        .section .bss
        .balign 16
        .space  65536
stack_top:
        .space  16
