// Preloaded by the tests: counts the allocations of a program and of those that it starts, in the
// file that COUNT_ALLOCATIONS names, which the test reads while they run.
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Atomic uint64_t before_the_file;
static _Atomic uint64_t *count = &before_the_file;

__attribute__((constructor)) static void open_the_file(void) {
  const char *path = getenv("COUNT_ALLOCATIONS");
  int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (shared == MAP_FAILED) return;
  count = shared;
  *count += before_the_file;
}

void *malloc(size_t size) {
  ++*count;
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  ++*count;
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  ++*count;
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  ++*count;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  void *made = aligned_alloc(alignment, size);
  if (!made) return ENOMEM;
  *result = made;
  return 0;
}
