/* Notes, for every fsync and fdatasync, what was made durable: inode, size and path, one line each. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void note(int file) {
    const char *notes = getenv("RIG_SYNCS");
    char link[64], path[4096], line[4300];
    struct stat found;
    ssize_t length;
    int out;
    if (!notes || fstat(file, &found)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    out = open(notes, O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (out < 0) return;
    length = snprintf(line, sizeof line, "%lu %lld %s\n", (unsigned long)found.st_ino, (long long)found.st_size, path);
    if (write(out, line, length) != length) abort();
    close(out);
}

int fsync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    int done = real(file);
    if (!done) note(file);
    return done;
}

int fdatasync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
    int done = real(file);
    if (!done) note(file);
    return done;
}
