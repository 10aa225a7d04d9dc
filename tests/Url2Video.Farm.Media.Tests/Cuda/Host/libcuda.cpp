// A libcuda.so.1 for tests, with the types of cuda.h and not of our C#: what a C compiler makes of them is what marshalling must meet. Host memory,
// one context; kernels are the host's. Never part of a node.
#include "host_kernels.cpp"
#include <cstdlib>
#include <string>

typedef int CUresult, CUdevice;
typedef unsigned long long CUdeviceptr;
typedef struct Context *CUcontext;
typedef struct Thing *CUmodule, *CUfunction, *CUstream, *CUevent;
typedef struct { char bytes[16]; } CUuuid;
typedef enum { CU_MEMORYTYPE_HOST = 1, CU_MEMORYTYPE_DEVICE = 2 } CUmemorytype;
typedef struct {
    size_t srcXInBytes, srcY; CUmemorytype srcMemoryType; const void *srcHost; CUdeviceptr srcDevice; void *srcArray; size_t srcPitch;
    size_t dstXInBytes, dstY; CUmemorytype dstMemoryType; void *dstHost; CUdeviceptr dstDevice; void *dstArray; size_t dstPitch;
    size_t WidthInBytes, Height;
} CUDA_MEMCPY2D;

struct Thing { std::string name; };
static const CUcontext the_context = (CUcontext)0x1234;
static long held, retained;
static size_t used;
static thread_local int depth;
static const size_t memory_bytes = 64 << 20;

#define API extern "C" CUresult
#define NEED_CONTEXT if (depth == 0 || retained == 0) return 201

template <class T> static CUresult give(T *to, T value) { *to = value; return 0; }
static CUresult hold(Thing **to, const char *name) { NEED_CONTEXT; held++; return give(to, new Thing{name}); }
static CUresult let_go(Thing *thing) { NEED_CONTEXT; held--; delete thing; return 0; }

// What is still held, and how many contexts: for the test alone.
extern "C" long stand_in_held() { return held + (long)used; }
extern "C" long stand_in_retained() { return retained; }

API cuInit(unsigned flags) { return flags; }
API cuDriverGetVersion(int *version) { return give(version, 12040); }
API cuDeviceGetCount(int *count) { return give(count, 1); }
API cuDeviceGet(CUdevice *device, int ordinal) { return ordinal == 0 ? give(device, 7) : 101; }
API cuDeviceGetName(char *name, int length, CUdevice device) { return device == 7 && length > 13 ? (std::strcpy(name, "Host as a GPU"), 0) : 1; }
API cuDeviceGetUuid(CUuuid *uuid, CUdevice) { std::memset(uuid, 0x42, sizeof *uuid); return 0; }
API cuDeviceGetAttribute(int *value, int attribute, CUdevice) { return attribute == 75 ? give(value, 8) : attribute == 76 ? give(value, 6) : 1; }
API cuDeviceTotalMem_v2(size_t *bytes, CUdevice) { return give(bytes, memory_bytes); }
API cuDevicePrimaryCtxSetFlags_v2(CUdevice device, unsigned) { return device == 7 ? 0 : 101; }
API cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) { return device == 7 ? (retained++, give(context, the_context)) : 101; }
API cuDevicePrimaryCtxRelease_v2(CUdevice device) { return device == 7 && retained > 0 ? (retained--, 0) : 201; }
API cuCtxPushCurrent_v2(CUcontext context) { return context == the_context && retained > 0 ? (depth++, 0) : 201; }
API cuCtxPopCurrent_v2(CUcontext *context) { return depth > 0 ? (depth--, give(context, the_context)) : 201; }
API cuMemGetInfo_v2(size_t *available, size_t *total) { NEED_CONTEXT; return give(available, memory_bytes - used), give(total, memory_bytes); }

API cuMemAlloc_v2(CUdeviceptr *address, size_t bytes)
{
    NEED_CONTEXT;
    if (used + bytes > memory_bytes) return 2;
    size_t *block = (size_t *)std::aligned_alloc(256, (bytes + 511) / 256 * 256);
    *block = bytes;
    used += bytes;
    return give(address, (CUdeviceptr)block + 256);
}

API cuMemAllocPitch_v2(CUdeviceptr *address, size_t *pitch, size_t width, size_t height, unsigned)
{
    *pitch = (width + 255) / 256 * 256;
    return cuMemAlloc_v2(address, *pitch * height);
}

API cuMemFree_v2(CUdeviceptr address)
{
    NEED_CONTEXT;
    size_t *block = (size_t *)(address - 256);
    used -= *block;
    std::free(block);
    return 0;
}

API cuMemHostAlloc(void **memory, size_t bytes, unsigned) { NEED_CONTEXT; held++; return give(memory, std::malloc(bytes)); }
API cuMemFreeHost(void *memory) { NEED_CONTEXT; held--; std::free(memory); return 0; }
API cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, CUstream) { NEED_CONTEXT; std::memcpy((void *)to, from, bytes); return 0; }
API cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, CUstream) { NEED_CONTEXT; std::memcpy(to, (void *)from, bytes); return 0; }
API cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t bytes, CUstream) { NEED_CONTEXT; std::memset((void *)to, value, bytes); return 0; }

API cuMemcpy2DAsync_v2(const CUDA_MEMCPY2D *c, CUstream)
{
    NEED_CONTEXT;
    if (c->srcMemoryType != CU_MEMORYTYPE_DEVICE || c->dstMemoryType != CU_MEMORYTYPE_DEVICE || c->srcXInBytes || c->srcY || c->dstXInBytes || c->dstY) return 1;
    for (size_t y = 0; y < c->Height; y++) std::memcpy((char *)c->dstDevice + y * c->dstPitch, (char *)c->srcDevice + y * c->srcPitch, c->WidthInBytes);
    return 0;
}

API cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned, int *, void **) { return std::strstr((const char *)image, ".entry") ? hold(module, "module") : 218; }
API cuModuleUnload(CUmodule module) { return let_go(module); }

// Functions go with their module; the few bytes of a name are the test's.
API cuModuleGetFunction(CUfunction *function, CUmodule, const char *name) { NEED_CONTEXT; return give(function, new Thing{name}); }

API cuLaunchKernel(CUfunction f, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned, CUstream, void **values, void **)
{
    NEED_CONTEXT;
    return gz == 1 && bz == 1 && host_launch(f->name.c_str(), (int)(gx * bx), (int)(gy * by), values) ? 0 : 1;
}

API cuStreamCreate(CUstream *stream, unsigned) { return hold(stream, "stream"); }
API cuStreamSynchronize(CUstream) { NEED_CONTEXT; return 0; }
API cuStreamWaitEvent(CUstream, CUevent, unsigned) { NEED_CONTEXT; return 0; }
API cuStreamDestroy_v2(CUstream stream) { return let_go(stream); }
API cuEventCreate(CUevent *event, unsigned) { return hold(event, "event"); }
API cuEventRecord(CUevent event, CUstream stream) { NEED_CONTEXT; return event->name == "event" && stream->name == "stream" ? 0 : 400; }
API cuEventQuery(CUevent) { NEED_CONTEXT; return 0; }
API cuEventSynchronize(CUevent) { NEED_CONTEXT; return 0; }
API cuEventElapsedTime(float *millis, CUevent, CUevent) { NEED_CONTEXT; return give(millis, 1.5f); }
API cuEventDestroy_v2(CUevent event) { return let_go(event); }
API cuGetErrorName(CUresult, const char **text) { return give(text, (const char *)"CUDA_ERROR_OF_HOST"); }
API cuGetErrorString(CUresult, const char **text) { return give(text, (const char *)"a sentence of the driver"); }
