/* One entry for each kernel call that the guest uses. */
        .set    noreorder
        .text

        .macro  KERNEL_CALL name, number
        .globl  \name
        .ent    \name
\name:  li      $3, \number
        syscall
        jr      $31
        nop
        .end    \name
        .endm

        KERNEL_CALL SetGsCrt, 0x02
        KERNEL_CALL Exit, 0x04
        KERNEL_CALL AddIntcHandler, 0x10
        KERNEL_CALL AddDmacHandler, 0x12
        KERNEL_CALL EnableIntc, 0x14
        KERNEL_CALL EnableDmac, 0x16
        KERNEL_CALL CreateSema, 0x40
        KERNEL_CALL SignalSema, 0x42
        KERNEL_CALL iSignalSema, -0x43
        KERNEL_CALL WaitSema, 0x44
        KERNEL_CALL PollSema, 0x45
        KERNEL_CALL FlushCache, 0x64
        KERNEL_CALL GsPutIMR, 0x71
        KERNEL_CALL SifDmaStat, 0x76
        KERNEL_CALL SifSetDma, 0x77
        KERNEL_CALL SifSetDChain, 0x78
        KERNEL_CALL iSifSetDChain, -0x78
        KERNEL_CALL SifSetReg, 0x79
        KERNEL_CALL SifGetReg, 0x7A
