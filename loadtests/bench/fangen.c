/* fangen: a load generator for rooms over WebSocket. One thread, epoll, Linux only.
 *
 * Opens N members (room = i % rooms), drives the exchange of each until all have joined, and then runs phases: a
 * phase publishes messages through some of the members and counts every frame that comes back, with latency, loss
 * and the CPU time of the server, read from /proc. Each phase prints one line of JSON. Phases come from --phase or,
 * without one, line by line from standard input, so that several servers can be measured in turn, each with its
 * members in place.
 *
 * A message carries the marker "~FG~" and twelve characters after it that are overwritten with room and number.
 * Latency is from the publish (open loop: from when it was due) to the frame's arrival here.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define READ (1 << 18)
#define PARTIAL 65536 /* the longest beginning of a frame that is kept */
#define RING 65536    /* messages of a room that can be under way */
#define ROOMS_MAX 1024
#define SECOND 1000000000ull
#define STUCK (5 * SECOND)  /* nothing came back for so long: the window is opened again and a stall counted */
#define DRAIN (2 * SECOND)
#define JOINING (180 * SECOND)
#define SMALL_RCVBUF 4096 /* of a member that will stop reading */

enum { CONNECTING, SHAKING, JOINS, JOINED, RAW };

typedef struct {
    int fd, room, port, frames, said; /* frames heard and commands said while joining */
    uint8_t state, publisher, stalls;
    uint8_t *left;
    uint32_t len, cap;
} conn;
typedef struct { int after, op, len; char *text; } saying;
typedef struct {
    uint64_t at[RING], last;
    uint32_t heard[RING], seq, from; /* from: the first of this phase */
    int inflight, *publishers, npublishers, turn, n;
} room;
typedef struct { uint8_t *bytes, *frame; int len, flen, mark, room; } message;
typedef struct { double seconds, warm, rate; int window, spread, stall, idle; } phase;
typedef struct { int n, pid[64]; } group;
typedef struct { uint64_t cpu, aside, user, sys, wall, gen, busy, stolen; } clocks;

static int members = 100, nrooms = 1, pubs = 1, at_once = 32, shortest = 0, text = 0, in_lines = 0, expected = 0, pub_expected = 0;
static double settle = 0.2;
static const char *host = "127.0.0.1", *path = "/", *pub_path, *sub, *headers[16], *refusal;
static int ports[64], nports, pub_port, raw, nheaders, stalled_share;
static uint32_t first;
static saying sayings[16], pub_sayings[16];
static int nsayings, npub_sayings;
static group server, aside;
static char **lines; /* --headers: one header line per connection */
static int nlines, ep, nconns, joined, measuring, in_flight;
static conn *conns;
static room *rooms;
static message *messages;
static int nmessages, next_message;
static const uint8_t MASK[4] = {0x37, 0xfa, 0x21, 0x3d};
static uint8_t in[READ + PARTIAL];
static uint64_t delivered, wanted, in_phase, published, bad, closed, stalls, refused;

#define BUCKETS 8192
static uint64_t histogram[BUCKETS], longest, counted;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}
static void die(const char *what) { fprintf(stderr, "fangen: %s: %s\n", what, strerror(errno)); exit(1); }

/* -- latency: microseconds exactly up to 1023, then 256 steps for each doubling */

static int bucket(uint64_t us) {
    if (us < 1024) return us;
    int e = 63 - __builtin_clzll(us), b = 1024 + (e - 10) * 256 + ((us >> (e - 8)) & 255);
    return b < BUCKETS ? b : BUCKETS - 1;
}
static double value(int b) {
    if (b < 1024) return b;
    return (double)((256ull + (b - 1024) % 256) << ((b - 1024) / 256 + 2));
}
static double percentile(double p) {
    uint64_t want = (uint64_t)(p * counted), c = 0;
    for (int i = 0; i < BUCKETS; i++) if ((c += histogram[i]) > want) return value(i);
    return longest / 1000.0;
}

/* -- what the server costs, from /proc */

static int slurp(const char *p, char *b, int n) {
    int f = open(p, O_RDONLY);
    if (f < 0) return 0;
    n = read(f, b, n - 1);
    close(f);
    if (n <= 0) return 0;
    b[n] = 0;
    return n;
}
static uint64_t cpu_ns(const group *g) {
    uint64_t s = 0;
    char p[300], b[200];
    for (int i = 0; i < g->n; i++) {
        snprintf(p, sizeof p, "/proc/%d/task", g->pid[i]);
        DIR *d = opendir(p);
        if (!d) continue;
        for (struct dirent *e; (e = readdir(d));) {
            if (e->d_name[0] == '.') continue;
            snprintf(p, sizeof p, "/proc/%d/task/%.20s/schedstat", g->pid[i], e->d_name);
            if (slurp(p, b, sizeof b)) s += strtoull(b, 0, 10);
        }
        closedir(d);
    }
    return s;
}
static void user_and_system(uint64_t *user, uint64_t *sys) {
    char p[100], b[2000];
    *user = *sys = 0;
    for (int i = 0; i < server.n; i++) {
        snprintf(p, sizeof p, "/proc/%d/stat", server.pid[i]);
        if (!slurp(p, b, sizeof b)) continue;
        char *q = strrchr(b, ')');
        unsigned long u = 0, s = 0;
        if (q && sscanf(q + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &u, &s) == 2) { *user += u; *sys += s; }
    }
}
static uint64_t resident(void) {
    uint64_t s = 0;
    char p[100], b[200];
    for (int i = 0; i < server.n; i++) {
        snprintf(p, sizeof p, "/proc/%d/statm", server.pid[i]);
        unsigned long all, here;
        if (slurp(p, b, sizeof b) && sscanf(b, "%lu %lu", &all, &here) == 2) s += here * (uint64_t)sysconf(_SC_PAGESIZE);
    }
    return s;
}
static void whole_machine(uint64_t *busy, uint64_t *stolen) { /* in ticks: what all of it did, and what its host took */
    char b[400];
    unsigned long long v[8] = {0};
    if (slurp("/proc/stat", b, sizeof b))
        sscanf(b, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7);
    *busy = v[0] + v[1] + v[2] + v[5] + v[6];
    *stolen = v[7];
}
static clocks read_clocks(void) {
    clocks c = {.cpu = cpu_ns(&server), .aside = cpu_ns(&aside)};
    struct timespec t;
    user_and_system(&c.user, &c.sys);
    whole_machine(&c.busy, &c.stolen);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    c.gen = t.tv_sec * SECOND + t.tv_nsec;
    c.wall = now();
    return c;
}

/* -- saying */

static void put(int fd, const void *b, size_t n) {
    for (const char *p = b; n;) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k < 0) {
            if (errno == EAGAIN) { struct pollfd f = {fd, POLLOUT, 0}; poll(&f, 1, 1000); continue; }
            return; /* the end is counted where it is read */
        }
        p += k;
        n -= k;
    }
}
static int frame(uint8_t *o, int op, const uint8_t *d, int n) {
    int h = 0;
    o[h++] = 0x80 | op;
    if (n < 126) o[h++] = 0x80 | n;
    else if (n < 65536) { o[h++] = 0x80 | 126; o[h++] = n >> 8; o[h++] = n; }
    else { o[h++] = 0x80 | 127; for (int i = 7; i >= 0; i--) o[h++] = (uint64_t)n >> (8 * i); }
    memcpy(o + h, MASK, 4);
    h += 4;
    for (int i = 0; i < n; i++) o[h + i] = d[i] ^ MASK[i & 3];
    return h + n;
}
static void expand(char *o, size_t cap, const char *s, int number) { /* %r is the room */
    size_t j = 0;
    for (; *s && j < cap - 12; s++) {
        if (s[0] == '%' && s[1] == 'r') { j += sprintf(o + j, "%d", number); s++; }
        else o[j++] = *s;
    }
    o[j] = 0;
}
static void say_next(conn *c) {
    saying *all = c->publisher ? pub_sayings : sayings;
    int n = c->publisher ? npub_sayings : nsayings;
    for (; c->said < n && all[c->said].after <= c->frames; c->said++) {
        char t[4096], hex[5];
        uint8_t o[4200];
        saying *s = &all[c->said];
        int len = s->len;
        if (s->op == 1) { expand(t, sizeof t, s->text, c->room); len = strlen(t); }
        else {
            memcpy(t, s->text, len);
            char *at = memmem(t, len, "@@@@", 4);
            snprintf(hex, 5, "%04x", c->room & 0xffff);
            if (at) memcpy(at, hex, 4);
        }
        put(c->fd, o, frame(o, s->op, (const uint8_t *)t, len));
    }
    if (c->state == JOINS && c->frames >= (c->publisher ? pub_expected : expected) && c->said >= n) { c->state = JOINED; joined++; }
}
static void shake(conn *c) {
    char p[2000], r[8000];
    expand(p, sizeof p, c->publisher && pub_path ? pub_path : path, c->room);
    int n = snprintf(r, sizeof r, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n", p, host, c->port);
    if (sub) n += snprintf(r + n, sizeof r - n, "Sec-WebSocket-Protocol: %s\r\n", sub);
    for (int i = 0; i < nheaders; i++) n += snprintf(r + n, sizeof r - n, "%s\r\n", headers[i]);
    if (nlines) n += snprintf(r + n, sizeof r - n, "%s\r\n", lines[(c - conns) % nlines]);
    n += snprintf(r + n, sizeof r - n, "\r\n");
    put(c->fd, r, n);
    c->state = SHAKING;
}
static void dial(conn *c) {
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) die("socket");
    int one = 1, small = SMALL_RCVBUF;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (c->stalls) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(c->port)};
    inet_pton(AF_INET, host, &a.sin_addr);
    if (connect(c->fd, (void *)&a, sizeof a) < 0 && errno != EINPROGRESS) die("connect");
    struct epoll_event e = {.events = EPOLLOUT, .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
    c->state = CONNECTING;
}
static void publish(int number, uint64_t t) {
    room *r = &rooms[number];
    message *m = &messages[next_message++ % nmessages];
    uint32_t q = r->seq++;
    char hex[17];
    snprintf(hex, sizeof hex, "%04x%08x", number & 0xffff, q);
    r->at[q % RING] = t;
    r->heard[q % RING] = 0;
    r->inflight++;
    in_flight++;
    r->last = t;
    wanted += r->n;
    published++;
    conn *c = &conns[r->publishers[r->turn++ % r->npublishers]];
    if (c->state == RAW) {
        memcpy(m->bytes + m->mark, hex, 12);
        if (m->room >= 0) memcpy(m->bytes + m->room, hex, 4);
        put(c->fd, m->bytes, m->len);
        return;
    }
    uint8_t *body = m->frame + m->flen - m->len;
    for (int i = 0; i < 12; i++) body[m->mark + i] = hex[i] ^ MASK[(m->mark + i) & 3];
    for (int i = 0; m->room >= 0 && i < 4; i++) body[m->room + i] = hex[i] ^ MASK[(m->room + i) & 3];
    put(c->fd, m->frame, m->flen);
}

/* -- hearing */

static int digit(int c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

static void count(conn *c, const uint8_t *p, uint64_t n, uint64_t t) {
    static int64_t usual = -1; /* where the marker was in the frame before */
    const uint8_t *m;
    if (refusal && n < 200 && memmem(p, n, refusal, strlen(refusal))) { refused++; return; }
    if (n < (uint64_t)shortest) return;
    if (usual >= 0 && usual + 16 <= (int64_t)n && !memcmp(p + usual, "~FG~", 4)) m = p + usual;
    else {
        m = memmem(p, n, "~FG~", 4);
        if (!m || m + 16 > p + n) return;
        usual = m - p;
    }
    int number = 0;
    uint32_t q = 0;
    m += 4;
    for (int i = 0; i < 4; i++) number = number * 16 + digit(m[i]);
    for (int i = 4; i < 12; i++) q = q * 16 + digit(m[i]);
    if (q < first) return; /* history, from before this run */
    if (number != c->room || q >= rooms[number].seq) { bad++; return; }
    room *r = &rooms[number];
    delivered++;
    if (measuring) in_phase++;
    if (q >= r->from) {
        uint64_t took = t > r->at[q % RING] ? t - r->at[q % RING] : 0;
        histogram[bucket(took / 1000)]++;
        counted++;
        if (took > longest) longest = took;
    }
    if (++r->heard[q % RING] == (uint32_t)r->n) {
        if (r->inflight) { r->inflight--; in_flight--; }
    } else if (r->heard[q % RING] > (uint32_t)r->n) bad++; /* twice to somebody */
}
static void hear(conn *c, int op, const uint8_t *p, uint64_t n, uint64_t t) {
    if (op == 9) { uint8_t o[200]; if (n < 126) put(c->fd, o, frame(o, 10, p, n)); return; }
    if (op == 8) { closed++; return; }
    if (op == 10) return;
    for (const uint8_t *end; ; p = end + 1) {
        end = in_lines ? memchr(p, '\n', n) : NULL;
        uint64_t len = end ? (uint64_t)(end - p) : n;
        c->frames++;
        if (c->state == JOINS) say_next(c);
        else if (c->state == JOINED) count(c, p, len, t);
        if (!end) return;
        n -= len + 1;
    }
}
static void ended(conn *c) {
    closed++;
    epoll_ctl(ep, EPOLL_CTL_DEL, c->fd, 0);
    close(c->fd);
    c->fd = -1;
    if (c->state < JOINED) { fprintf(stderr, "fangen: a connection was closed before it had joined\n"); exit(3); }
}
static uint64_t opened(conn *c, uint64_t len) {
    uint8_t *end = memmem(in, len, "\r\n\r\n", 4);
    if (!end) return 0;
    if (memcmp(in, "HTTP/1.1 101", 12)) { in[len] = 0; fprintf(stderr, "fangen: no handshake: %.300s\n", in); exit(3); }
    c->state = JOINS;
    say_next(c);
    return end + 4 - in;
}
static void heard(conn *c) {
    for (;;) {
        if (c->len) memcpy(in, c->left, c->len);
        ssize_t n = recv(c->fd, in + c->len, READ - 1, 0);
        if (n <= 0) {
            if (n == 0 || errno != EAGAIN) ended(c);
            return;
        }
        if (c->state == RAW) return;
        uint64_t t = now(), len = c->len + n, i = c->state == SHAKING ? opened(c, len) : 0;
        while (c->state >= JOINS && len - i >= 2) {
            uint8_t *p = in + i;
            uint64_t size = p[1] & 127, h = 2;
            if (size == 126) { if (len - i < 4) break; size = p[2] << 8 | p[3]; h = 4; }
            else if (size == 127) { if (len - i < 10) break; size = 0; for (int k = 2; k < 10; k++) size = size << 8 | p[k]; h = 10; }
            if (len - i < h + size) break;
            hear(c, p[0] & 15, p + h, size, t);
            i += h + size;
        }
        c->len = len - i;
        if (c->len > PARTIAL) { fprintf(stderr, "fangen: a frame is too long\n"); exit(1); }
        if (c->len > c->cap) c->left = realloc(c->left, c->cap = c->len * 2);
        if (c->len) memcpy(c->left, in + i, c->len);
        if (n < READ - 1) return;
    }
}
static void spin(int ms) {
    struct epoll_event events[512];
    int n = epoll_wait(ep, events, 512, ms);
    for (int i = 0; i < n; i++) {
        conn *c = events[i].data.ptr;
        if (!c) continue; /* the timer or standard input, read by who waits for it */
        if (c->fd < 0) continue;
        if (c->state != CONNECTING) { heard(c); continue; }
        int fault = 0;
        socklen_t l = sizeof fault;
        getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &fault, &l);
        if (fault) { errno = fault; die("connect"); }
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
        if (c->publisher && raw) { c->state = RAW; joined++; }
        else shake(c);
    }
}
static void wait_for(double seconds) {
    for (uint64_t end = now() + (uint64_t)(seconds * SECOND); now() < end;) spin(20);
}

/* -- a phase */

static void stall(void) { /* those who will not read any more; nothing is expected of them */
    for (int i = 0; i < members; i++) if (conns[i].stalls && conns[i].fd >= 0) {
        epoll_ctl(ep, EPOLL_CTL_DEL, conns[i].fd, 0);
        conns[i].stalls = 0;
        rooms[conns[i].room].n--;
    }
}
static void open_window(const phase *ph, int *turn) {
    uint64_t t = now();
    if (ph->spread) {
        if (in_flight >= ph->window && t - rooms[(*turn + nrooms - 1) % nrooms].last > STUCK) {
            stalls++;
            in_flight = 0;
            for (int r = 0; r < nrooms; r++) rooms[r].inflight = 0;
        }
        for (; in_flight < ph->window; *turn = (*turn + 1) % nrooms) publish(*turn, now());
        return;
    }
    for (int i = 0; i < nrooms; i++) {
        room *r = &rooms[i];
        if (r->inflight >= ph->window && t - r->last > STUCK) { stalls++; in_flight -= r->inflight; r->inflight = 0; }
        while (r->inflight < ph->window) publish(i, now());
    }
}
static void report(const phase *ph, clocks a, clocks b, uint64_t sent, uint64_t lag, long lost) {
    double wall = (b.wall - a.wall) / 1e9, cpu = (b.cpu - a.cpu) / 1e9, tick = sysconf(_SC_CLK_TCK);
    double others = (b.busy - a.busy + b.stolen - a.stolen) / tick - cpu - (b.aside - a.aside + b.gen - a.gen) / 1e9;
    printf("{\"mode\":\"%s\",\"members\":%d,\"rooms\":%d,\"window\":%d,\"rate\":%.1f,\"wall_s\":%.4f,\"published\":%lu,\"deliveries\":%lu,"
           "\"cpu_s\":%.5f,\"user_s\":%.2f,\"system_s\":%.2f,\"aside_cpu_s\":%.5f,\"generator_cpu_s\":%.4f,\"others_s\":%.2f,"
           "\"p50_us\":%.0f,\"p90_us\":%.0f,\"p99_us\":%.0f,\"max_us\":%.0f,\"late_us\":%.0f,"
           "\"lost\":%ld,\"bad\":%lu,\"stalls\":%lu,\"closed\":%lu,\"refused\":%lu,\"rss\":%lu}\n",
           ph->idle ? "idle" : ph->rate > 0 ? "open" : "closed", members, nrooms, ph->window, ph->rate, wall, sent, in_phase, cpu,
           (b.user - a.user) / tick, (b.sys - a.sys) / tick, (b.aside - a.aside) / 1e9, (b.gen - a.gen) / 1e9, others,
           percentile(.5), percentile(.9), percentile(.99), longest / 1000.0, lag / 1000.0,
           lost, bad, stalls, closed, refused, resident());
    fflush(stdout);
}
static void run(const phase *ph) {
    static int turn;
    int64_t lost_before = wanted - delivered;
    uint64_t lag = 0, sent = 0, due = 0, period = 0;
    int timer = -1, was_measuring = 0;
    clocks a = {0};
    bad = closed = stalls = refused = in_phase = counted = longest = 0;
    memset(histogram, 0, sizeof histogram);
    for (int r = 0; r < nrooms; r++) rooms[r].from = UINT32_MAX;
    if (ph->stall) stall();
    if (ph->rate > 0) {
        timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
        epoll_ctl(ep, EPOLL_CTL_ADD, timer, &e);
        period = (uint64_t)(SECOND / ph->rate);
        due = now() + SECOND / 1000;
    }
    uint64_t begin = now() + (uint64_t)(ph->warm * SECOND), end = begin + (uint64_t)(ph->seconds * SECOND);
    for (uint64_t t; (t = now()) < end;) {
        if (!was_measuring && t >= begin) {
            for (int r = 0; r < nrooms; r++) rooms[r].from = rooms[r].seq;
            lag = 0;
            sent = published;
            was_measuring = measuring = 1;
            a = read_clocks();
        }
        if (ph->idle) { spin(20); continue; }
        if (ph->rate > 0) {
            for (; t >= due; due += period, turn = (turn + 1) % nrooms, t = now()) {
                if (t - due > lag) lag = t - due;
                publish(turn, due);
            }
            struct itimerspec when = {.it_value = {due / SECOND, due % SECOND}};
            timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, 0);
        } else open_window(ph, &turn);
        spin(ph->rate > 0 ? 50 : 20);
    }
    clocks b = read_clocks();
    measuring = 0;
    sent = published - sent;
    if (timer >= 0) close(timer);
    for (uint64_t until = now() + DRAIN; now() < until && (int64_t)(wanted - delivered) > lost_before;) spin(20);
    for (int r = 0; r < nrooms; r++) rooms[r].inflight = 0;
    in_flight = 0;
    report(ph, a, b, sent, lag, (long)(wanted - delivered - lost_before));
}
static phase parsed(char *words) { /* "window=16 seconds=1.5 warm=0.2 rate=0 spread=0 stall=0 idle=0" */
    phase ph = {.seconds = 1, .warm = 0.2, .window = 1};
    for (char *w = strtok(words, " \n"); w; w = strtok(0, " \n")) {
        char *is = strchr(w, '=');
        double v = is ? atof(is + 1) : 1;
        if (!strncmp(w, "window", 6)) ph.window = v;
        else if (!strncmp(w, "seconds", 7)) ph.seconds = v;
        else if (!strncmp(w, "warm", 4)) ph.warm = v;
        else if (!strncmp(w, "rate", 4)) ph.rate = v;
        else if (!strncmp(w, "spread", 6)) ph.spread = v;
        else if (!strncmp(w, "stall", 5)) ph.stall = v;
        else if (!strncmp(w, "idle", 4)) ph.idle = v;
        else { fprintf(stderr, "fangen: no such word in a phase: %s\n", w); exit(2); }
    }
    return ph;
}
static int told(char *line, int n) { /* one line from standard input, while pings are answered */
    static char kept[4096];
    static int len;
    for (;;) {
        char *nl = memchr(kept, '\n', len);
        if (nl) {
            int k = nl - kept + 1;
            if (k >= n) exit(2);
            memcpy(line, kept, k);
            line[k] = 0;
            memmove(kept, kept + k, len -= k);
            return 1;
        }
        struct pollfd f = {0, POLLIN, 0};
        if (poll(&f, 1, 0) > 0) {
            ssize_t k = read(0, kept + len, sizeof kept - len);
            if (k <= 0) return 0;
            len += k;
        } else spin(50);
    }
}

/* -- the beginning */

static int unhex(char *d, const char *s) {
    int n = 0;
    for (; s[0] && s[1]; s += 2) d[n++] = digit(s[0]) * 16 + digit(s[1]);
    return n;
}
static void add_saying(saying *all, int *n, char *s) { /* AFTER:t:text or AFTER:b:hex */
    char *p = strchr(s, ':');
    if (!p || strlen(p) < 3 || strlen(p) > 4000 || *n == 16) { errno = EINVAL; die("init"); }
    saying *a = &all[(*n)++];
    *a = (saying){.after = atoi(s), .op = p[1] == 'b' ? 2 : 1, .text = strdup(p + 3), .len = strlen(p + 3)};
    if (a->op == 2) a->len = unhex(a->text, p + 3);
}
static void add_pids(group *g, char *list) { for (char *q = strtok(list, ","); q && g->n < 64; q = strtok(0, ",")) g->pid[g->n++] = atoi(q); }

static void add_message(const uint8_t *d, int n) {
    messages = realloc(messages, (nmessages + 1) * sizeof *messages);
    message *m = &messages[nmessages++];
    m->bytes = memcpy(malloc(n), d, n);
    m->len = n;
    uint8_t *mark = memmem(m->bytes, n, "~FG~", 4), *at = memmem(m->bytes, n, "@@@@", 4);
    if (!mark || mark + 16 > m->bytes + n) { errno = EINVAL; die("no marker in a message"); }
    m->mark = mark + 4 - m->bytes;
    m->room = at ? at - m->bytes : -1;
    m->frame = malloc(n + 20);
    m->flen = frame(m->frame, text ? 1 : 2, m->bytes, n);
}
static void read_messages(const char *name) { /* each has its length before it, four bytes, the highest first */
    FILE *f = fopen(name, "rb");
    static uint8_t d[1 << 20], l[4];
    if (!f) die("messages");
    while (fread(l, 1, 4, f) == 4) {
        uint32_t n = l[0] << 24 | l[1] << 16 | l[2] << 8 | l[3];
        if (n > sizeof d || fread(d, 1, n, f) != n) { errno = EINVAL; die("messages"); }
        add_message(d, n);
    }
    fclose(f);
}
static void read_lines(const char *name) {
    FILE *f = fopen(name, "r");
    char *l = NULL;
    size_t cap = 0;
    if (!f) die("headers");
    for (ssize_t k; (k = getline(&l, &cap, f)) > 0;) {
        if (l[k - 1] == '\n') l[k - 1] = 0;
        lines = realloc(lines, (nlines + 1) * sizeof *lines);
        lines[nlines++] = strdup(l);
    }
    fclose(f);
}
static void usage(void) {
    puts("fangen --port P[,P..] --path /x/%r [--sub PROTO] [--header 'A: b'].. [--headers FILE] -n MEMBERS [--rooms R] [--pubs P]\n"
         "  --messages FILE [--text [--lines]] [-s SHORTEST] [--refusal TEXT] --pid A[,B..] [--aside A[,B..]]\n"
         "  [--init AFTER:t:TEXT|AFTER:b:HEX].. [--expect K] [--conc K] [--settle S] [--stalled PERCENT] [--first NUMBER]\n"
         "  [--pub-port P [--pub-path X] [--pub-init ..] [--pub-expect K] [--raw]] [--phase 'window=1 seconds=1 ..']..\n\n"
         "--messages  whole client messages, each with its length before it (4 bytes, big endian); used in turn\n"
         "--headers   line i is a header of connection i; several ports: the members of a room are spread over them\n"
         "@@@@        in a binary init frame or a message becomes the room's number, 4 hex digits; %r in a path or text init\n"
         "--expect K  joined after K data frames; --init AFTER:.. is said once AFTER of them have come\n"
         "--pub-port  publishers that are no members; --raw: they write the message's bytes as they are (HTTP, RESP)\n"
         "--refusal   a short frame with this text in it is counted as refused; -s: shorter ones are not counted as deliveries\n"
         "--lines     a frame may hold several messages, one a line\n"
         "--first     the first message's number, so that a server that remembers earlier ones takes none for a repetition\n"
         "--aside     processes whose CPU time is told apart, such as the store\n"
         "--stalled   so many of a hundred members stop reading in a phase with stall=1, and later\n"
         "phase       window=W (in flight per room; spread=1: in all) or rate=R per second, seconds=S, warm=S, idle=1");
    exit(2);
}
static void options(int argc, char **argv, char **phases, int *nphases) {
    static struct option all[] = {{"port", 1, 0, 'p'}, {"path", 1, 0, 'u'}, {"sub", 1, 0, 1}, {"header", 1, 0, 2}, {"rooms", 1, 0, 3},
        {"pubs", 1, 0, 4}, {"init", 1, 0, 5}, {"expect", 1, 0, 6}, {"pub-port", 1, 0, 7}, {"pub-path", 1, 0, 8}, {"pub-init", 1, 0, 9},
        {"pub-expect", 1, 0, 10}, {"raw", 0, 0, 11}, {"messages", 1, 0, 12}, {"text", 0, 0, 13}, {"phase", 1, 0, 14}, {"aside", 1, 0, 15},
        {"stalled", 1, 0, 16}, {"pid", 1, 0, 17}, {"conc", 1, 0, 18}, {"settle", 1, 0, 19}, {"headers", 1, 0, 20}, {"refusal", 1, 0, 21},
        {"first", 1, 0, 22}, {"lines", 0, 0, 23}, {0}};
    char *list = NULL;
    for (int o; (o = getopt_long(argc, argv, "n:s:p:u:", all, 0)) != -1;) switch (o) {
        case 'n': members = atoi(optarg); break;
        case 's': shortest = atoi(optarg); break;
        case 'p': for (char *q = strtok(optarg, ","); q && nports < 64; q = strtok(0, ",")) ports[nports++] = atoi(q); break;
        case 'u': path = optarg; break;
        case 1: sub = optarg; break;
        case 2: if (nheaders < 16) headers[nheaders++] = optarg; break;
        case 3: nrooms = atoi(optarg); break;
        case 4: pubs = atoi(optarg); break;
        case 5: add_saying(sayings, &nsayings, optarg); break;
        case 6: expected = atoi(optarg); break;
        case 7: pub_port = atoi(optarg); break;
        case 8: pub_path = optarg; break;
        case 9: add_saying(pub_sayings, &npub_sayings, optarg); break;
        case 10: pub_expected = atoi(optarg); break;
        case 11: raw = 1; break;
        case 12: list = optarg; break;
        case 13: text = 1; break;
        case 23: in_lines = 1; break;
        case 14: if (*nphases < 64) phases[(*nphases)++] = optarg; break;
        case 15: add_pids(&aside, optarg); break;
        case 16: stalled_share = atoi(optarg); break;
        case 17: add_pids(&server, optarg); break;
        case 18: at_once = atoi(optarg); break;
        case 19: settle = atof(optarg); break;
        case 20: read_lines(optarg); break;
        case 21: refusal = optarg; break;
        case 22: first = strtoul(optarg, 0, 10); break;
        default: usage();
    }
    if (!nports || !list || nrooms < 1 || nrooms > ROOMS_MAX || members < nrooms) usage();
    read_messages(list);
    if (!nmessages) usage();
}
static void seat(void) {
    int apart = pub_port ? pubs * nrooms : 0;
    nconns = members + apart;
    conns = calloc(nconns, sizeof *conns);
    rooms = calloc(nrooms, sizeof *rooms);
    for (int r = 0; r < nrooms; r++) { rooms[r].publishers = calloc(pubs, sizeof(int)); rooms[r].seq = rooms[r].from = first; }
    for (int i = 0; i < nconns; i++) {
        conn *c = &conns[i];
        c->publisher = i >= members;
        c->room = (c->publisher ? i - members : i) % nrooms;
        c->fd = -1;
        c->port = c->publisher ? pub_port : ports[i / nrooms % nports];
        room *r = &rooms[c->room];
        if (!c->publisher) r->n++;
        if (c->publisher == (apart > 0) && r->npublishers < pubs) r->publishers[r->npublishers++] = i;
        c->stalls = !c->publisher && i >= members - members * stalled_share / 100; /* the last, who are no publishers */
    }
}
static void join(void) {
    uint64_t rss0 = resident(), begin = now();
    clocks a = read_clocks();
    for (int dialled = 0; joined < nconns;) {
        while (dialled < nconns && dialled - joined < at_once) dial(&conns[dialled++]);
        spin(100);
        if (now() - begin > JOINING) { fprintf(stderr, "fangen: %d of %d have joined, and no more\n", joined, nconns); exit(4); }
    }
    clocks b = read_clocks();
    wait_for(settle);
    clocks s = read_clocks();
    printf("{\"mode\":\"joined\",\"connections\":%d,\"cpu_s\":%.5f,\"wall_s\":%.4f,\"settled_cpu_s\":%.5f,\"aside_cpu_s\":%.5f,\"generator_cpu_s\":%.4f,"
           "\"rss_before\":%lu,\"rss\":%lu,\"closed\":%lu}\n", nconns, (b.cpu - a.cpu) / 1e9, (b.wall - a.wall) / 1e9, (s.cpu - a.cpu) / 1e9,
           (b.aside - a.aside) / 1e9, (b.gen - a.gen) / 1e9, rss0, resident(), closed);
    fflush(stdout);
}
int main(int argc, char **argv) {
    char *phases[64], line[1024];
    int nphases = 0;
    options(argc, argv, phases, &nphases);
    struct rlimit rl;
    getrlimit(RLIMIT_NOFILE, &rl);
    rl.rlim_cur = rl.rlim_max;
    setrlimit(RLIMIT_NOFILE, &rl);
    ep = epoll_create1(0);
    seat();
    join();
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    if (!nphases) epoll_ctl(ep, EPOLL_CTL_ADD, 0, &e); /* so that a phase begins when it is asked for */
    for (int i = 0; i < nphases; i++) { phase ph = parsed(phases[i]); run(&ph); }
    while (!nphases && told(line, sizeof line)) { phase ph = parsed(line); run(&ph); }
    return 0;
}
