// Collects indicators. What is certain here (hashes that fill a cell) is counted at once; a cell in which iocs.ts may find
// something is kept as a text of its own, once per column, and iocs.ts decides about it later, on distinct texts only.
#pragma once
#include "sort.h"
#include "tree.h"

enum { K_DOMAIN, K_EMAIL, K_HOSTNAME, K_IPV4, K_IPV6, K_JA4, K_MD5, K_SHA1, K_SHA256, K_URL, K_CELL, K_HOST };
enum { LOOK_IOCS = 1, LOOK_HOST = 2 };

static inline u32 hex16(v128_t v) {
  v128_t low = wasm_v128_or(v, wasm_i8x16_splat(0x20));
  v128_t digit = wasm_u8x16_lt(wasm_i8x16_sub(v, wasm_i8x16_splat('0')), wasm_i8x16_splat(10));
  v128_t letter = wasm_u8x16_lt(wasm_i8x16_sub(low, wasm_i8x16_splat('a')), wasm_i8x16_splat(6));
  return wasm_i8x16_bitmask(wasm_v128_or(digit, letter));
}

static inline void look(Table *T, const u8 *p, u32 n, u32 what, u32 column, i64 time) {
  if (what & LOOK_HOST) table_add(T, p, n, K_HOST, column, time);
  if (!(what & LOOK_IOCS)) return;
  if ((n == 64 || n == 32) && hex16(ld(p)) == 0xffff && hex16(ld(p + 16)) == 0xffff && (n == 32 || (hex16(ld(p + 32)) == 0xffff && hex16(ld(p + 48)) == 0xffff))) {
    table_add(T, p, n, n == 64 ? K_SHA256 : K_MD5, column, time);
    return;
  }
}

// The scope of an indicator as iocs.ts has it: 0 public, 1 private, 2 loopback, 3 reserved.
u32 js_scope(u32 kind, const u8 *p, u32 n) IMPORT(scope);

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
  if (n == 1 && !entries[0]->more) {
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
  for (u32 c = 0; c < COLUMNS_MAX; c++) {
    if (!(set[c / 32] >> c % 32 & 1)) continue;
    *o++ = before;
    before = ',';
    o = decimal_put(o, c);
  }
  *o++ = ']';
  return o;
}

typedef struct { const Item *items; const u32 *starts; u32 at; } Sorted;
enum { SORTED_MAX = 16 };

typedef struct {
  Tree tree;
  Sorted from[SORTED_MAX];
  u32 count[10];       // written, by kind
  u32 nlate;
  Entry **late; u32 latecap; // too long for the tree: left to SQLite
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
  u32 scope = kind == K_IPV4 || kind == K_IPV6 ? js_scope(kind, (const u8 *)(uintptr_t)e->at, e->len) : 0;
  b += text_put(&h, b, SCOPE_NAME[scope & 3]);
  b = int_put(&h, b, count);
  if (last == INT64_MIN) { *h++ = 0; *h++ = 0; }
  else { b = int_put(&h, b, first); b = int_put(&h, b, last); }
  u32 columns = (u32)(columns_put(tail, entries, n) - tail);
  h = vput(h, 13 + 2 * columns);
  u32 hn = (u32)(h - hdr), rest = (u32)(b - fixed) - type, payload = 1 + hn + type + e->len + rest + columns;
  if (payload > local) return 0;
  u8 *o = vput(cell, payload);
  *o++ = (u8)(hn + 1);
  copy_exact(o, hdr, hn); o += hn;
  copy_exact(o, fixed, type); o += type;
  copy_exact(o, (const u8 *)(uintptr_t)e->at, e->len); o += e->len;
  copy_exact(o, fixed + type, rest); o += rest;
  copy_exact(o, tail, columns); o += columns;
  return (u32)(o - cell);
}

// Merges the sorted tables of all workers into the b-tree; equal indicators become one line.
static void merge_run(Merge *M, u32 workers) {
  u8 cell[4400];
  const u32 local = (M->tree.size - 12) * 64 / 255 - 23;
  for (u32 kind = 0; kind < 10; kind++) {
    for (u32 w = 0; w < workers; w++) M->from[w].at = M->from[w].starts[kind];
    for (;;) {
      Entry *same[SORTED_MAX];
      u32 n = 0;
      for (u32 w = 0; w < workers; w++) {
        Sorted *s = &M->from[w];
        if (s->at == s->starts[kind + 1]) continue;
        Entry *e = s->items[s->at].entry;
        int order = n ? text_order(e, same[0], 0) : -1;
        if (order < 0) n = 0;
        if (order <= 0) same[n++] = e;
      }
      if (!n) break;
      for (u32 w = 0; w < workers; w++) {
        Sorted *s = &M->from[w];
        if (s->at < s->starts[kind + 1]) for (u32 i = 0; i < n; i++) if (s->items[s->at].entry == same[i]) { s->at++; break; }
      }
      u32 bytes = ioc_record(cell, kind, same, n, local);
      if (!bytes) { M->nlate++; continue; }
      tree_put(&M->tree, 0, 0, cell, bytes);
      M->count[kind]++;
    }
  }
}
