// Collects indicators. What is certain here (hashes that fill a cell) is counted at once; a cell in which iocs.ts may find
// something is kept as a text of its own, once per column, and iocs.ts decides about it later, on distinct texts only.
#pragma once
#include "gate.h"
#include "sort.h"
#include "tree.h"

enum { K_DOMAIN, K_EMAIL, K_HOSTNAME, K_IPV4, K_IPV6, K_JA4, K_MD5, K_SHA1, K_SHA256, K_URL, K_CELL, K_HOST, K_URLHOST };

// A column's way of being looked at.
enum { LOOK_NOT, LOOK_GATE, LOOK_HOSTNAME };

enum { LOW_BYTES = 16384, HOST_SLOTS = 256 };
// A block of IPv4 addresses that is not public: the first and the last, and the scope as in SCOPE_NAME.
typedef struct { u32 first, last, scope; } Block;
enum { BLOCKS_MAX = 32 };

typedef struct {
  Queue queue;
  u8 *low; u32 lows; // texts of the queue in lower case
  Table iocs;      // indicators
  Table texts;     // cells that iocs.ts has to look at, and hosts
  u8 *plain;       // see plain_slot
  Entry *hosts[HOST_SLOTS]; // entries of `texts`, by a cheap hash
  Ending *endings; // labels and whether they are public endings
  Block blocks[BLOCKS_MAX]; u32 nblocks;
  u32 *whole;      // per column and kind: cells that are one indicator for certain
} Finds;

static inline void finds_flush(Finds *F) { queue_flush(&F->queue); F->lows = 0; }
static inline u8 *low_room(Finds *F, u32 n) {
  if (F->lows + n > LOW_BYTES) finds_flush(F);
  u8 *p = F->low + F->lows;
  F->lows += n;
  return p;
}

// Texts that may_hold said no to, one per slot: most cells of a log are the same few again and again. One that was met again keeps its
// slot against the next three others (its credit), so that texts that never come back do not drive it out.
enum { PLAIN_SLOTS = 2048, PLAIN_BYTES = 128, PLAIN_MAX = PLAIN_BYTES - 16, PLAIN_MIN = 8, PLAIN_CREDIT = PLAIN_BYTES - 2 };
static inline u8 *plain_slot(Finds *F, const u8 *p, u32 n) {
  u64 k = (rd64(p) * 0x9E3779B97F4A7C15ull ^ rd64(p + n - 8) ^ n) * 0xff51afd7ed558ccdull;
  return F->plain + (k >> 53) * PLAIN_BYTES;
}
static inline int same_text(const u8 *a, const u8 *b, u32 n) {
  u32 i = 0;
  for (; i + 16 <= n; i += 16) if (wasm_v128_any_true(wasm_v128_xor(ld(a + i), ld(b + i)))) return 0;
  return i == n || !(~wasm_i8x16_bitmask(wasm_i8x16_eq(ld(a + i), ld(b + i))) & ((1u << (n - i)) - 1));
}
static inline int is_plain(const u8 *slot, const u8 *p, u32 n) { return slot[PLAIN_BYTES - 1] == n && same_text(slot, p, n); }

// Counts a host: there are few of them, most of which are found in their slot.
static inline void host_add(Finds *F, const u8 *p, u32 n, i64 time) {
  const u64 mask = n >= 8 ? ~0ull : (1ull << n * 8) - 1;
  Entry **known = &F->hosts[((rd64(p) & mask) * 0x9E3779B97F4A7C15ull ^ rd64(p + (n >= 8 ? n - 8 : 0)) * mask ^ n) * 0xff51afd7ed558ccdull >> 56];
  Entry *e = *known;
  if (e && e->len == n && same_text(text_of(e), p, n)) {
    e->count++;
    if (time == INT64_MIN) return;
    if (time < e->first) e->first = time;
    if (time > e->last) e->last = time;
    return;
  }
  u32 check;
  u64 h = hash_of(p, n, F->texts.key + K_HOST, &check);
  *known = table_count(&F->texts, h, check, p, n, K_HOST, 0, 1, time == INT64_MIN ? INT64_MAX : time, time);
}

static inline void whole_add(Finds *F, const u8 *p, u32 n, u32 kind, u32 column, i64 time) {
  queue_add(&F->queue, &F->iocs, p, n, kind, 0, column, time);
  F->whole[column * 10 + kind]++;
}

// Four numbers up to 255 without leading zeros, joined by dots, and nothing else.
static inline int is_ipv4(const u8 *p, u32 n) {
  u32 octet = 0, digits = 0, dots = 0;
  for (u32 i = 0; i < n; i++) {
    u32 d = (u32)p[i] - '0';
    if (d <= 9) {
      if (digits && !octet) return 0;
      octet = octet * 10 + d;
      digits++;
      if (octet > 255) return 0;
    } else {
      if (p[i] != '.' || !digits || ++dots > 3) return 0;
      octet = digits = 0;
    }
  }
  return dots == 3 && digits;
}

// A cell of 32, 40 or 64 hex digits is a hash, unless it is a number or one digit again and again.
enum { HASH_NONE, HASH_COUNTS, HASH_EMPTY };
static inline int hash_cell(const u8 *p, u32 n) {
  if (n != 64 && n != 32 && n != 40) return HASH_NONE;
  const v128_t a = ld(p), b = ld(p + 16), c = n == 64 ? ld(p + 32) : ld(p + n - 16), d = ld(p + n - 16);
  if (!wasm_i8x16_all_true(wasm_v128_and(wasm_v128_and(hex_of(a), hex_of(b)), wasm_v128_and(hex_of(c), hex_of(d))))) return HASH_NONE;
  const v128_t first = wasm_i8x16_splat((char)p[0]), nine = wasm_i8x16_splat('9');
  v128_t letter = wasm_u8x16_gt(wasm_u8x16_max(wasm_u8x16_max(a, b), wasm_u8x16_max(c, d)), nine);
  v128_t other = wasm_v128_or(wasm_v128_or(wasm_v128_xor(a, first), wasm_v128_xor(b, first)), wasm_v128_or(wasm_v128_xor(c, first), wasm_v128_xor(d, first)));
  return wasm_v128_any_true(letter) && wasm_v128_any_true(other) ? HASH_COUNTS : HASH_EMPTY;
}

// A cell that is an ordinary http or https URL and nothing else, for certain: plain host name, port, path and query of plain
// characters, an end that is no punctuation. Answers where the host ends, or 0.
static u32 plain_url(const u8 *p, u32 n) {
  u32 i = 4 + ((p[4] | 32) == 's');
  if (n < i + 4 || (p[0] | 32) != 'h' || (p[1] | 32) != 't' || (p[2] | 32) != 't' || (p[3] | 32) != 'p' || p[i] != ':' || p[i + 1] != '/' || p[i + 2] != '/') return 0;
  u32 host = i += 3;
  while (i < n && (CLASS[p[i]] & 7 || p[i] == '.')) i++;
  u32 end = i;
  if (end == host || !(CLASS[p[host]] & 3) || !(CLASS[p[end - 1]] & 3)) return 0;
  if (i < n && p[i] == ':') {
    u32 from = ++i;
    while (i < n && (u32)p[i] - '0' <= 9) i++;
    if (i == from || i - from > 5) return 0;
  }
  if (i < n && p[i] != '/') return 0;
  for (u32 query = 0; i < n; i++) {
    u8 c = p[i];
    if (CLASS[c] & 7 || c == '/' || c == '.' || c == '=' || c == '%' || c == '+') continue;
    if (c == '?' && !query) { query = 1; continue; }
    if (c == '&' && query && i + 1 < n && p[i + 1] != '&') continue;
    return 0;
  }
  u8 last = p[n - 1];
  return CLASS[last] & 3 || last == '/' || last == '=' ? end : 0;
}

static inline void look(Finds *F, const u8 *p, u32 n, u32 how, u32 column, i64 time) {
  if (n < 3) return;
  if (how != LOOK_HOSTNAME) {
    int hash = hash_cell(p, n);
    if (hash) {
      if (hash == HASH_EMPTY) return;
      u8 *low = low_room(F, 64);
      for (u32 i = 0; i < 64; i += 16) st(low + i, wasm_v128_or(ld(p + i), wasm_i8x16_splat(0x20)));
      whole_add(F, low, n, n == 64 ? K_SHA256 : n == 40 ? K_SHA1 : K_MD5, column, time);
      return;
    }
    if (n <= 15 && n >= 7 && (u32)p[0] - '0' <= 9 && is_ipv4(p, n)) {
      whole_add(F, p, n, K_IPV4, column, time);
      return;
    }
    u32 host;
    if ((p[0] | 32) == 'h' && n < 1500 && (host = plain_url(p, n)) != 0) {
      u32 upper = 0;
      for (u32 i = 0; i < host; i++) upper |= (u32)p[i] - 'A' < 26;
      if (upper) {
        u8 *low = low_room(F, n + 16);
        copy(low, p, n);
        for (u32 i = 0; i < host; i++) if ((u32)low[i] - 'A' < 26) low[i] |= 32;
        p = low;
      }
      whole_add(F, p, n, K_URL, column, time);
      u32 from = 7 + ((p[4] | 32) == 's'), to = from;
      while (to < host && p[to] != ':') to++;
      queue_add(&F->queue, &F->texts, p + from, to - from, K_URLHOST, column + 1, column, time);
      return;
    }
    if (n >= PLAIN_MIN && n <= PLAIN_MAX) {
      u8 *slot = plain_slot(F, p, n);
      if (is_plain(slot, p, n)) { slot[PLAIN_CREDIT] = 3; return; }
      if (!may_hold(F->endings, p, n)) {
        if (slot[PLAIN_CREDIT]) { slot[PLAIN_CREDIT]--; return; }
        copy(slot, p, n);
        slot[PLAIN_BYTES - 1] = (u8)n;
        return;
      }
    } else if (!may_hold(F->endings, p, n)) return;
  }
  queue_add(&F->queue, &F->texts, p, n, K_CELL, column + 1, column, time);
}

// The scope of an indicator as iocs.ts has it: 0 public, 1 private, 2 loopback, 3 reserved.
u32 js_scope(u32 kind, const u8 *p, u32 n) IMPORT(scope);
// That of an IPv4 address, from the same list.
static u32 ipv4_scope(const Finds *F, const u8 *p, u32 n) {
  u32 address = 0, octet = 0;
  for (u32 i = 0; i < n; i++) {
    if (p[i] == '.') { address = address << 8 | octet; octet = 0; }
    else octet = octet * 10 + (p[i] - '0');
  }
  address = address << 8 | octet;
  for (u32 i = 0; i < F->nblocks; i++) if (address >= F->blocks[i].first && address <= F->blocks[i].last) return F->blocks[i].scope;
  return 0;
}

// An indicator that is too long for a page of the index.
void js_late(u32 kind, const u8 *p, u32 n, const u8 *columns, u32 columns_n, u32 count, double first, double last) IMPORT(late);

static const char *const KIND_NAME[10] = {"domain", "email", "hostname", "ipv4", "ipv6", "ja4", "md5", "sha1", "sha256", "url"};
static const char *const SCOPE_NAME[4] = {"public", "private", "loopback", "reserved"};
static inline u32 text_put(u8 **h, u8 *b, const char *s) {
  u32 n = 0;
  for (; s[n]; n++) b[n] = (u8)s[n];
  *h = vput(*h, 13 + 2 * n);
  return n;
}
static inline u8 *decimal_put(u8 *o, u32 v) {
  u8 digits[10];
  u32 n = 0;
  do digits[n++] = (u8)('0' + v % 10); while (v /= 10);
  while (n) *o++ = digits[--n];
  return o;
}

enum { COLUMNS_MAX = 1024 };

// [3,17,18]: the positions in which any of the entries came, in order.
static u8 *columns_put(u8 *o, Entry *const *entries, u32 n) {
  u32 one = 1;
  for (u32 i = 0; i < n; i++) one &= !entries[i]->more && entries[i]->column == entries[0]->column;
  if (one) {
    *o++ = '[';
    o = decimal_put(o, entries[0]->column);
    *o++ = ']';
    return o;
  }
  u32 set[COLUMNS_MAX / 32];
  for (u32 i = 0; i < COLUMNS_MAX / 32; i++) set[i] = 0;
  for (u32 i = 0; i < n; i++) {
    set[entries[i]->column / 32] |= 1u << entries[i]->column % 32;
    for (u32 m = entries[i]->more; m; m = ((More *)(uintptr_t)m)->next) set[((More *)(uintptr_t)m)->column / 32] |= 1u << ((More *)(uintptr_t)m)->column % 32;
  }
  u8 before = '[';
  for (u32 i = 0; i < COLUMNS_MAX / 32; i++)
    for (u32 left = set[i]; left; left &= left - 1) {
      *o++ = before;
      before = ',';
      o = decimal_put(o, i * 32 + (u32)__builtin_ctz(left));
    }
  *o++ = ']';
  return o;
}

// A worker's list: how far it is merged, the text's first eight bytes there, and up to where entries were fetched.
typedef struct { const Item *items; const u32 *starts; u32 at, fetched; u64 key; } Sorted;
enum { SORTED_MAX = 16, FETCH = 64 };

// Entries lie in the order they came, far from one another: those of the next turns are fetched together, instead of one after the other.
static inline void sorted_at(Sorted *s, u32 at, u32 end) {
  s->at = at;
  if (at == end) return;
  if (at >= s->fetched) {
    u32 touch = 0, to = at + FETCH < end ? at + FETCH : end;
    for (u32 i = at; i < to; i++) touch += *(const u8 *)s->items[i].entry + *((const u8 *)s->items[i].entry + 64);
    __asm__ volatile("" : : "r"(touch));
    s->fetched = to;
  }
  s->key = key_at(s->items[at].entry, 0);
}

typedef struct {
  Tree tree;
  Sorted from[SORTED_MAX];
  u32 count[10]; // written, by kind
  u32 kind, begun;
} Merge;

static u32 ioc_record(u8 *cell, u32 kind, Entry *const *entries, u32 n, u32 local) {
  u8 hdr[64], *h = hdr, fixed[64], *b = fixed, tail[4 * COLUMNS_MAX + 8];
  const Entry *e = entries[0];
  i64 first = e->first, last = e->last;
  u32 count = 0;
  for (u32 i = 0; i < n; i++) {
    count += entries[i]->count;
    if (entries[i]->first < first) first = entries[i]->first;
    if (entries[i]->last > last) last = entries[i]->last;
  }
  u32 type = text_put(&h, b, KIND_NAME[kind]);
  b += type;
  h = vput(h, 13 + 2 * (u64)e->len);
  u32 scope = e->scope;
  b += text_put(&h, b, SCOPE_NAME[scope & 3]);
  b = int_put(&h, b, count);
  if (last == INT64_MIN) { *h++ = 0; *h++ = 0; }
  else { b = int_put(&h, b, first); b = int_put(&h, b, last); }
  u32 columns = (u32)(columns_put(tail, entries, n) - tail);
  h = vput(h, 13 + 2 * columns);
  u32 hn = (u32)(h - hdr), rest = (u32)(b - fixed) - type, payload = 1 + hn + type + e->len + rest + columns;
  if (payload > local) { // it would need overflow pages: left to SQLite
    double none = __builtin_nan("");
    js_late(kind, text_of(e), e->len, tail, columns, count, last == INT64_MIN ? none : (double)first, last == INT64_MIN ? none : (double)last);
    return 0;
  }
  u8 *o = vput(cell, payload);
  *o++ = (u8)(hn + 1);
  copy_exact(o, hdr, hn); o += hn;
  copy_exact(o, fixed, type); o += type;
  copy_exact(o, text_of(e), e->len); o += e->len;
  copy_exact(o, fixed + type, rest); o += rest;
  copy_exact(o, tail, columns); o += columns;
  return (u32)(o - cell);
}

// Merges the sorted tables of all workers into the b-tree; equal indicators become one line.
static u32 merge_run(Merge *M, u32 workers, u32 most) {
  u8 cell[4400];
  const u32 local = (M->tree.size - 12) * 64 / 255 - 23;
  for (; M->kind < 10; M->kind++, M->begun = 0) {
    const u32 kind = M->kind;
    if (!M->begun) for (u32 w = 0; w < workers; w++) sorted_at(&M->from[w], M->from[w].starts[kind], M->from[w].starts[kind + 1]);
    M->begun = 1;
    for (;;) {
      Entry *same[SORTED_MAX];
      u32 owner[SORTED_MAX], n = 0;
      u64 key = 0;
      for (u32 w = 0; w < workers; w++) {
        Sorted *s = &M->from[w];
        if (s->at == s->starts[kind + 1]) continue;
        Entry *e = s->items[s->at].entry;
        int order = !n || s->key < key ? -1 : s->key > key ? 1 : text_order(e, same[0], 0);
        if (order < 0) { n = 0; key = s->key; }
        if (order <= 0) { owner[n] = w; same[n++] = e; }
      }
      if (!n) break;
      if (!most--) return 1;
      for (u32 i = 0; i < n; i++) {
        Sorted *s = &M->from[owner[i]];
        sorted_at(s, s->at + 1, s->starts[kind + 1]);
      }
      u32 bytes = ioc_record(cell, kind, same, n, local);
      if (!bytes) continue;
      tree_put(&M->tree, 0, 0, cell, bytes);
      M->count[kind]++;
    }
  }
  return 0;
}
