/* SPDX-License-Identifier: Apache-2.0
 *
 * An app without Python and without a library: it speaks the link of docs/schema/app-link.json over the descriptor that
 * its argument names. It shows a row, says thank you when the row is tapped, and tells on its output what of the machine
 * it can reach.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_OUT = 4096, MAX_IN = 1 << 20, HELLO = 1, FOLLOW = 2, FIRST_FREE = 3 };

/* -- writing msgpack: only what these messages need ---------------------------------------------------------------- */
struct out {
    uint8_t bytes[MAX_OUT];
    size_t size;
};

static void put(struct out *out, const void *data, size_t size) {
    if (out->size + size > MAX_OUT) {
        fputs("a message is too long\n", stderr);
        exit(1);
    }
    memcpy(out->bytes + out->size, data, size);
    out->size += size;
}

static void put_byte(struct out *out, unsigned value) {
    uint8_t byte = (uint8_t)value;
    put(out, &byte, 1);
}

static void put_array(struct out *out, unsigned count) { put_byte(out, 0x90 | count); }
static void put_map(struct out *out, unsigned count) { put_byte(out, 0x80 | count); }

static void put_number(struct out *out, uint32_t value) {
    uint8_t bytes[5] = {0xce, (uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
    put(out, bytes, sizeof bytes);
}

static void put_text(struct out *out, const char *text) {
    size_t size = strlen(text);
    put_byte(out, 0xd9); /* str 8 */
    put_byte(out, (unsigned)size);
    put(out, text, size);
}

/* -- reading msgpack ------------------------------------------------------------------------------------------------ */
struct in {
    const uint8_t *at, *end;
};

static void need(const struct in *in, uint64_t size) {
    if ((uint64_t)(in->end - in->at) < size) {
        fputs("a message ended too soon\n", stderr);
        exit(1);
    }
}

static uint64_t get_big_endian(struct in *in, unsigned size) {
    uint64_t value = 0;
    need(in, size);
    while (size--) value = value << 8 | *in->at++;
    return value;
}

/* Head of an array, or of a text, or a whole number: what the kind asks for; anything else ends the app. */
static uint64_t get_array(struct in *in) {
    unsigned first = (unsigned)get_big_endian(in, 1);
    if ((first & 0xf0) == 0x90) return first & 0x0f;
    if (first == 0xdc) return get_big_endian(in, 2);
    fprintf(stderr, "no array: %#x\n", first);
    exit(1);
}

static void get_text(struct in *in, char *into, size_t room) {
    unsigned first = (unsigned)get_big_endian(in, 1);
    uint64_t size;
    if ((first & 0xe0) == 0xa0) {
        size = first & 0x1f;
    } else if (first == 0xd9) {
        size = get_big_endian(in, 1);
    } else if (first == 0xda) {
        size = get_big_endian(in, 2);
    } else {
        fprintf(stderr, "no text: %#x\n", first);
        exit(1);
    }
    need(in, size);
    snprintf(into, room, "%.*s", (int)size, (const char *)in->at);
    in->at += size;
}

static uint64_t get_number(struct in *in) {
    unsigned first = (unsigned)get_big_endian(in, 1);
    if (first < 0x80) return first;
    if (first >= 0xcc && first <= 0xcf) return get_big_endian(in, 1U << (first - 0xcc));
    fprintf(stderr, "no number: %#x\n", first);
    exit(1);
}

static double get_float(struct in *in) {
    uint64_t bits;
    double value;
    need(in, 1);
    if (*in->at != 0xcb) return (double)get_number(in);
    in->at++;
    bits = get_big_endian(in, 8);
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* -- the link ------------------------------------------------------------------------------------------------------- */
static int link_fd;
static uint32_t next_id = FIRST_FREE;

static void write_all(const uint8_t *bytes, size_t size) {
    while (size) {
        ssize_t done = send(link_fd, bytes, size, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) exit(0); /* the car has ended the app */
        bytes += done;
        size -= (size_t)done;
    }
}

static int read_all(uint8_t *bytes, size_t size) {
    while (size) {
        ssize_t done = recv(link_fd, bytes, size, 0);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return 0;
        bytes += done;
        size -= (size_t)done;
    }
    return 1;
}

/* ["call", id, deadline_ms, body]; a deadline of 0 opens a stream. */
static void call(uint32_t id, uint32_t deadline_ms, const struct out *body) {
    struct out frame = {.size = 0}, head = {.size = 0};
    put_array(&frame, 4);
    put_text(&frame, "call");
    put_number(&frame, id);
    put_number(&frame, deadline_ms);
    put(&frame, body->bytes, body->size);
    put_byte(&head, (unsigned)(frame.size >> 24));
    put_byte(&head, (unsigned)(frame.size >> 16));
    put_byte(&head, (unsigned)(frame.size >> 8));
    put_byte(&head, (unsigned)frame.size);
    write_all(head.bytes, head.size);
    write_all(frame.bytes, frame.size);
}

static void say_hello(void) {
    struct out body = {.size = 0};
    put_array(&body, 2);
    put_text(&body, "hello");
    put_text(&body, "1.0.0");
    call(HELLO, 5000, &body);
}

static void follow_input(void) {
    struct out body = {.size = 0};
    put_array(&body, 1);
    put_text(&body, "follow_input");
    call(FOLLOW, 0, &body);
}

static void heartbeat(void) {
    struct out body = {.size = 0};
    put_array(&body, 1);
    put_text(&body, "heartbeat");
    call(next_id++, 5000, &body);
}

/* ["show_template", {"template": "list", "title": ..., "rows": [{"id": "hi", "title": ...}]}] */
static void show(const char *title) {
    struct out body = {.size = 0};
    put_array(&body, 2);
    put_text(&body, "show_template");
    put_map(&body, 3);
    put_text(&body, "template");
    put_text(&body, "list");
    put_text(&body, "title");
    put_text(&body, "C");
    put_text(&body, "rows");
    put_array(&body, 1);
    put_map(&body, 2);
    put_text(&body, "id");
    put_text(&body, "hi");
    put_text(&body, "title");
    put_text(&body, title);
    call(next_id++, 5000, &body);
}

/* -- what of the machine can be reached ------------------------------------------------------------------------------ */
static void try_open(const char *path) {
    int fd = open(path, O_RDONLY);
    printf("open %s: %s\n", path, fd < 0 ? "denied" : "OPENED");
    if (fd >= 0) close(fd);
}

static void check_the_box(void) {
    const char *argument[] = {"/data/dropped", NULL};
    char *none[] = {NULL};
    char buffer[64] = {0};
    try_open("/etc/passwd");
    try_open("/proc/self/status");
    try_open("/home");
    printf("socket inet: %s\n", socket(AF_INET, SOCK_STREAM, 0) < 0 ? "denied" : "MADE");
    printf("fork: %s\n", fork() < 0 ? "denied" : "FORKED");
    int from = open("/app/exec/bin/hello", O_RDONLY), to = open("/data/dropped", O_WRONLY | O_CREAT | O_TRUNC, 0700);
    ssize_t size = 0;
    while (from >= 0 && to >= 0 && (size = read(from, buffer, sizeof buffer)) > 0) {
        if (write(to, buffer, (size_t)size) != size) break;
    }
    printf("copied itself: %s\n", from >= 0 && to >= 0 && size == 0 ? "done" : "denied");
    if (from >= 0) close(from);
    if (to >= 0) close(to);
    execve("/data/dropped", (char *const *)argument, none);
    printf("run the copy: denied\n"); /* execve returns only when it fails */
    unlink("/data/dropped");
    fflush(stdout);
}

/* -- the app -------------------------------------------------------------------------------------------------------- */
static double take(uint8_t *frame, size_t size, double heartbeat_s) {
    struct in in = {frame, frame + size};
    char tag[32], kind[32], target[80];
    get_array(&in);
    get_text(&in, tag, sizeof tag);
    uint64_t id = get_number(&in);
    if (!strcmp(tag, "failure")) {
        get_text(&in, kind, sizeof kind);
        get_text(&in, target, sizeof target);
        fprintf(stderr, "refused: %s: %s\n", kind, target);
        exit(1);
    }
    if (!strcmp(tag, "event")) get_number(&in); /* dropped */
    get_array(&in);
    get_text(&in, kind, sizeof kind);
    if (id == HELLO && !strcmp(kind, "welcome")) {
        get_text(&in, target, sizeof target);
        heartbeat_s = get_float(&in);
        follow_input();
        show("Hello from C");
    } else if (id == FOLLOW && !strcmp(kind, "tapped")) {
        get_number(&in); /* revision */
        get_text(&in, target, sizeof target);
        if (!strcmp(target, "hi")) show("Thank you from C");
    } else if (id == FOLLOW && !strcmp(kind, "stopping")) {
        printf("stopping\n");
        exit(0);
    }
    return heartbeat_s;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **words) {
    static uint8_t frame[MAX_IN];
    double heartbeat_s = 1.0, due;
    if (count != 2) {
        fputs("usage: hello LINK\n", stderr);
        return 2;
    }
    link_fd = atoi(words[1]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    check_the_box();
    say_hello();
    due = now() + heartbeat_s;
    for (;;) {
        struct pollfd readable = {.fd = link_fd, .events = POLLIN, .revents = 0};
        double left = due - now();
        if (left <= 0) {
            heartbeat();
            due = now() + heartbeat_s;
            continue;
        }
        if (poll(&readable, 1, (int)(left * 1000) + 1) <= 0) continue;
        uint8_t head[4];
        if (!read_all(head, sizeof head)) return 0;
        size_t size = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        if (size > MAX_IN || !read_all(frame, size)) return 0;
        heartbeat_s = take(frame, size, heartbeat_s);
    }
}
