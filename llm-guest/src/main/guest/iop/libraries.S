/*
 * Import tables: for each library its name and version, then two instructions for each function. The loader finds the tables by the number that
 * they begin with and makes the first instruction a jump; it reads the function's place in the library's export table from the second.
 */
        .set    noreorder
        .set    noat

        .macro  library name, major, minor
        .balign 4
        .word   0x41E00000
        .word   0               /* the next table, in memory */
        .byte   \minor, \major
        .half   0               /* mode */
1:      .ascii  "\name"
        .space  8 - (. - 1b)
        .endm

        .macro  import place, function
        .globl  \function
        .type   \function, @function
\function:
        jr      $31
        addiu   $0, $0, \place
        .endm

        .macro  library_end
        .word   0, 0
        .endm

        .text
        library "thbase", 1, 1
        import  4, CreateThread
        import  6, StartThread
        import  20, GetThreadId
        import  33, DelayThread
        library_end

        library "thsemap", 1, 2
        import  4, CreateSema
        import  6, SignalSema
        import  7, iSignalSema
        import  8, WaitSema
        library_end

        library "cdvdman", 1, 1
        import  6, sceCdRead
        import  8, sceCdGetError
        import  11, sceCdSync
        import  13, sceCdDiskReady
        library_end

        library "sifman", 1, 1
        import  8, sceSifDmaStat
        library_end

        library "sifcmd", 1, 1
        import  10, sceSifAddCmdHandler
        import  12, sceSifSendCmd
        import  14, sceSifInitRpc
        import  17, sceSifRegisterRpc
        import  19, sceSifSetRpcQueue
        import  22, sceSifRpcLoop
        library_end

        library "stdio", 1, 2
        import  4, printf
        library_end
