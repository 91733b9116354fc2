# Says where it runs and prints /greeting.txt, by system calls of Linux alone: no C library, no interpreter.
    .set SYS_READ, 0
    .set SYS_WRITE, 1
    .set SYS_OPEN, 2
    .set SYS_EXIT, 60
    .set STDOUT, 1

    .section .text
    .globl _start
_start:
    mov     $SYS_WRITE, %eax
    mov     $STDOUT, %edi
    lea     platform(%rip), %rsi
    mov     $platform_length, %edx
    syscall

    mov     $SYS_OPEN, %eax
    lea     path(%rip), %rdi
    xor     %esi, %esi                  # O_RDONLY
    xor     %edx, %edx
    syscall
    test    %eax, %eax
    js      failed

    mov     %eax, %edi
    mov     $SYS_READ, %eax
    sub     $256, %rsp
    mov     %rsp, %rsi
    mov     $256, %edx
    syscall
    test    %eax, %eax
    js      failed

    mov     %eax, %edx
    mov     $SYS_WRITE, %eax
    mov     $STDOUT, %edi
    mov     %rsp, %rsi
    syscall
    xor     %edi, %edi
    jmp     exit
failed:
    mov     $1, %edi
exit:
    mov     $SYS_EXIT, %eax
    syscall

platform:
    .ascii  "linux/amd64 says: "
    .set    platform_length, . - platform
path:
    .asciz  "/greeting.txt"
