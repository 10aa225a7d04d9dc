// What a kernel finds around it: on a GPU the hardware's registers, on a host the numbers of the thread that the test's loop is at.
// No CUDA header is used, so that clang alone makes the PTX.
#pragma once

typedef unsigned char u8;
typedef signed char s8;
typedef short s16;
typedef unsigned int u32;
typedef long long s64;
typedef unsigned long long u64;

#if defined(__CUDA__)

#define KERNEL extern "C" __attribute__((global))
#define DEVICE static inline __attribute__((device, always_inline))

DEVICE int thread_x() { return (int)(__nvvm_read_ptx_sreg_ctaid_x() * __nvvm_read_ptx_sreg_ntid_x() + __nvvm_read_ptx_sreg_tid_x()); }
DEVICE int thread_y() { return (int)(__nvvm_read_ptx_sreg_ctaid_y() * __nvvm_read_ptx_sreg_ntid_y() + __nvvm_read_ptx_sreg_tid_y()); }

#else

#define KERNEL extern "C"
#define DEVICE static inline

static thread_local int host_thread_x, host_thread_y;

DEVICE int thread_x() { return host_thread_x; }
DEVICE int thread_y() { return host_thread_y; }

#endif

// Rows of bytes, or of 16-bit numbers; strides count bytes, or numbers. Passed by value, 16 bytes each.
struct plane { u8 *at; int stride; int zero; };
struct numbers { s16 *at; int stride; int zero; };
