/* Loaded before a store: after every fsync or fdatasync that succeeded, the file's inode and the size that it had before
 * the call are written to SYNCED_JOURNAL. What lies beyond that size may be lost in a power cut. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int synced(const char *name, int fd)
{
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    struct stat before;
    int known = fstat(fd, &before) == 0 && S_ISREG(before.st_mode);
    int result = real(fd);
    const char *journal = getenv("SYNCED_JOURNAL");
    if (result == 0 && known && journal) {
        int out = open(journal, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (out >= 0) {
            char line[64];
            int length = snprintf(line, sizeof line, "%lu %ld\n", (unsigned long)before.st_ino, (long)before.st_size);
            if (write(out, line, length) != length) abort();
            close(out);
        }
    }
    return result;
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }
