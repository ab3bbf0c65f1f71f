/* Runs a program and writes what it took: seconds, CPU seconds, peak bytes, wait status. A small parent is needed because
   Linux counts the parent's own memory, at the moment of the spawn, as part of the child's peak. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;
    struct rusage usage;
    if (argc < 3) {
        fputs("usage: launch LOG PROGRAM [ARGUMENT…]\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    double start = now();
    if (posix_spawn(&child, argv[2], &actions, NULL, argv + 2, environ)) {
        perror(argv[2]);
        return 2;
    }
    if (wait4(child, &status, 0, &usage) != child) return 2;
    printf("%.6f %.6f %ld %d\n", now() - start, seconds(usage.ru_utime) + seconds(usage.ru_stime),
           usage.ru_maxrss * 1024, status);
    return 0;
}
