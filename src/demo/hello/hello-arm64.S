// Says where it runs and prints /greeting.txt, by system calls of Linux alone: no C library, no interpreter.
    .set SYS_OPENAT, 56
    .set SYS_READ, 63
    .set SYS_WRITE, 64
    .set SYS_EXIT, 93
    .set AT_FDCWD, -100
    .set STDOUT, 1

    .section .text
    .globl _start
_start:
    mov     x0, #STDOUT
    adr     x1, platform
    mov     x2, #platform_length
    mov     x8, #SYS_WRITE
    svc     #0

    mov     x0, #AT_FDCWD
    adr     x1, path
    mov     x2, #0                      // O_RDONLY
    mov     x3, #0
    mov     x8, #SYS_OPENAT
    svc     #0
    tbnz    x0, #63, failed

    sub     sp, sp, #256
    mov     x1, sp
    mov     x2, #256
    mov     x8, #SYS_READ
    svc     #0
    tbnz    x0, #63, failed

    mov     x2, x0
    mov     x0, #STDOUT
    mov     x1, sp
    mov     x8, #SYS_WRITE
    svc     #0
    mov     x0, #0
    b       exit
failed:
    mov     x0, #1
exit:
    mov     x8, #SYS_EXIT
    svc     #0

platform:
    .ascii  "linux/arm64 says: "
    .set    platform_length, . - platform
path:
    .asciz  "/greeting.txt"
