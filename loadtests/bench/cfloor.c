/* cfloor: the floor of what fan-out costs on this kernel. A minimal epoll WebSocket room server.
 *
 * Any data frame from a client is framed once and written with one send() to every member of the client's room
 * (the last segment of the path). No store, no look at the payload, no promise to anyone who is slow.
 * -c: what arrived in one turn of epoll is joined for each room and written once per member.
 *
 *     cfloor PORT [-c]
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROOMS 1024
#define READ (1 << 18)

typedef struct { int fd, room, place, open; uint8_t *left; int len, cap; } conn;
typedef struct { conn **members; int n, cap; uint8_t *out; size_t len, room_for; } room;

static room rooms[ROOMS];
static int waiting[ROOMS], nwaiting; /* rooms with something joined in this turn */
static int joins, ep;
static uint8_t in[READ + 70000];

static uint32_t rol(uint32_t x, int n) { return x << n | x >> (32 - n); }

static void sha1(const uint8_t *d, size_t n, uint8_t *o) {
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    uint8_t b[256] = {0};
    memcpy(b, d, n);
    b[n] = 0x80;
    size_t t = (n + 9 + 63) / 64 * 64;
    for (int i = 0; i < 8; i++) b[t - 1 - i] = (uint64_t)n * 8 >> (8 * i);
    for (size_t k = 0; k < t; k += 64) {
        uint32_t w[80], a = h[0], bb = h[1], c = h[2], dd = h[3], e = h[4];
        for (int i = 0; i < 16; i++) w[i] = b[k+4*i] << 24 | b[k+4*i+1] << 16 | b[k+4*i+2] << 8 | b[k+4*i+3];
        for (int i = 16; i < 80; i++) w[i] = rol(w[i-3] ^ w[i-8] ^ w[i-14] ^ w[i-16], 1);
        for (int i = 0; i < 80; i++) {
            uint32_t f, q;
            if (i < 20) f = (bb & c) | (~bb & dd), q = 0x5A827999;
            else if (i < 40) f = bb ^ c ^ dd, q = 0x6ED9EBA1;
            else if (i < 60) f = (bb & c) | (bb & dd) | (c & dd), q = 0x8F1BBCDC;
            else f = bb ^ c ^ dd, q = 0xCA62C1D6;
            uint32_t x = rol(a, 5) + f + e + q + w[i];
            e = dd; dd = c; c = rol(bb, 30); bb = a; a = x;
        }
        h[0] += a; h[1] += bb; h[2] += c; h[3] += dd; h[4] += e;
    }
    for (int i = 0; i < 20; i++) o[i] = h[i / 4] >> (24 - 8 * (i % 4));
}

static void base64(const uint8_t *d, int n, char *o) {
    static const char *A = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    int j = 0;
    for (int i = 0; i < n; i += 3) {
        uint32_t v = d[i] << 16 | (i+1 < n ? d[i+1] << 8 : 0) | (i+2 < n ? d[i+2] : 0);
        o[j++] = A[v >> 18]; o[j++] = A[v >> 12 & 63];
        o[j++] = i+1 < n ? A[v >> 6 & 63] : '='; o[j++] = i+2 < n ? A[v & 63] : '=';
    }
    o[j] = 0;
}

static void fan(room *r, const uint8_t *b, size_t n) {
    for (int i = 0; i < r->n; i++) send(r->members[i]->fd, b, n, MSG_NOSIGNAL);
}

static uint8_t *space(room *r, size_t n) {
    if (r->len + n > r->room_for) r->out = realloc(r->out, r->room_for = 2 * (r->len + n));
    return r->out + r->len;
}

static void enter(conn *c, int number) {
    room *r = &rooms[c->room = number % ROOMS];
    if (r->n == r->cap) r->members = realloc(r->members, (r->cap = r->cap * 2 + 16) * sizeof(conn *));
    c->place = r->n;
    r->members[r->n++] = c;
    c->open = 1;
}

static void gone(conn *c) {
    close(c->fd);
    if (c->open) {
        room *r = &rooms[c->room];
        r->members[c->place] = r->members[--r->n];
        r->members[c->place]->place = c->place;
    }
    free(c->left);
    free(c);
}

/* Returns how many bytes the request took, 0 while it is not whole. */
static size_t shake(conn *c) {
    char *text = (char *)in, *h = strcasestr(text, "Sec-WebSocket-Key: "), *end = strstr(text, "\r\n\r\n");
    if (!h || !end) return 0;
    char key[200], accept[64], answer[300];
    uint8_t digest[20];
    int n = strcspn(h + 19, "\r");
    if (n > 100) return 0;
    memcpy(key, h + 19, n);
    memcpy(key + n, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
    sha1((uint8_t *)key, n + 36, digest);
    base64(digest, 20, accept);
    char *slash = strstr(text, " HTTP");
    while (*slash != '/') slash--;
    n = snprintf(answer, 300, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Accept: %s\r\n\r\n\x82\x01", accept);
    answer[n++] = 'J';
    send(c->fd, answer, n, MSG_NOSIGNAL);
    enter(c, atoi(slash + 1));
    return end + 4 - text;
}

static size_t frames(conn *c, size_t at, size_t len) {
    room *r = &rooms[c->room];
    while (len - at >= 6) {
        uint8_t *q = in + at;
        size_t n = q[1] & 127, h = 2, oh = 2;
        if (n == 126) { n = q[2] << 8 | q[3]; h = 4; }
        if (len - at < h + 4 + n) break;
        at += h + 4 + n;
        if ((q[0] & 15) > 2) continue;
        uint8_t *o = space(r, n + 4);
        o[0] = q[0];
        if (n < 126) o[1] = n;
        else { o[1] = 126; o[2] = n >> 8; o[3] = n; oh = 4; }
        for (size_t z = 0; z < n; z++) o[oh + z] = q[h + 4 + z] ^ q[h + (z & 3)];
        if (!joins) fan(r, o, oh + n);
        else {
            if (!r->len) waiting[nwaiting++] = c->room;
            r->len += oh + n;
        }
    }
    return at;
}

static void heard(conn *c) {
    if (c->len) memcpy(in, c->left, c->len);
    ssize_t k = recv(c->fd, in + c->len, READ, 0);
    if (k <= 0) {
        if (k == 0 || errno != EAGAIN) gone(c);
        return;
    }
    size_t len = c->len + k, at = 0;
    in[len] = 0;
    if (!c->open) at = shake(c);
    if (c->open) at = frames(c, at, len);
    c->len = len - at;
    if (c->len > c->cap) c->left = realloc(c->left, c->cap = c->len * 2);
    if (c->len) memcpy(c->left, in + at, c->len);
}

static void welcome(int listener) {
    int fd, one = 1;
    while ((fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        conn *c = calloc(1, sizeof *c);
        c->fd = fd;
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    }
}

int main(int argc, char **argv) {
    if (argc < 2) { fprintf(stderr, "cfloor PORT [-c]\n"); return 2; }
    joins = argc > 2 && !strcmp(argv[2], "-c");
    struct rlimit rl;
    getrlimit(RLIMIT_NOFILE, &rl);
    rl.rlim_cur = rl.rlim_max;
    setrlimit(RLIMIT_NOFILE, &rl);
    int l = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
    if (bind(l, (void *)&a, sizeof a) || listen(l, 4096)) { perror("cfloor"); return 1; }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = 0}, ev[256];
    epoll_ctl(ep, EPOLL_CTL_ADD, l, &e);
    for (;;) {
        int n = epoll_wait(ep, ev, 256, -1);
        for (int i = 0; i < n; i++) {
            if (ev[i].data.ptr) heard(ev[i].data.ptr);
            else welcome(l);
        }
        while (nwaiting) {
            room *r = &rooms[waiting[--nwaiting]];
            fan(r, r->out, r->len);
            r->len = 0;
        }
    }
}
