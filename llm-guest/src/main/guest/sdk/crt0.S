/* The first instructions: clear .bss, ask the kernel for a stack and a heap, fetch argc and argv, call main, end with its status. */
        .set    noreorder
        .section .text.start, "ax"
        .globl  _start
        .ent    _start
_start:
        la      $2, _bss_start
        la      $3, _end
1:      sq      $0, 0($2)
        sq      $0, 16($2)
        sq      $0, 32($2)
        sq      $0, 48($2)
        addiu   $2, $2, 64
        sltu    $4, $2, $3
        bne     $4, $0, 1b
        nop

        /* SetupThread(gp, stack = top of RAM, stack size, where argc and argv go, where a thread returns to) -> sp */
        la      $4, _gp
        li      $5, -1
        li      $6, STACK_SIZE
        la      $7, arguments
        la      $8, thread_end
        li      $3, 0x3C
        syscall
        move    $29, $2

        /* SetupHeap(end of the program, up to the stack) */
        la      $4, _end
        li      $5, -1
        li      $3, 0x3D
        syscall

        /* FlushCache(0): write the data cache back */
        li      $4, 0
        li      $3, 0x64
        syscall
        ei

        la      $28, _gp
        la      $2, arguments
        lw      $4, 0($2)
        jal     main
        addiu   $5, $2, 4

        /* Exit(main's value) */
        move    $4, $2
        li      $3, 0x04
        syscall
        nop
        .end    _start

thread_end:
        li      $3, 0x23        /* ExitThread */
        syscall
        nop

        .section .bss
        .balign 64
arguments:                      /* word argc, 16 pointers, then the strings (256 bytes by the kernel) */
        .space  4096
