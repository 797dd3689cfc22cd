// Codes for a column with any number of values, made when somebody asks: a value gets the next number where it stands first.
#pragma once
#include "leaf.h"

// Values are told apart by 96 bits of a keyed hash: no text is kept, and without the key nobody can make two of them alike.
typedef struct { u64 hash; u32 more, code; } Slot; // code 0: free
typedef struct { u64 hash; u32 more, row; } Seen;  // row counted from 0
typedef struct {
  Reader reader;
  u32 field;
  u64 first; u32 rows, seen;
  u64 key[2];
  Slot *slots; u32 mask, values;
  u32 *codes, *firsts;       // per row, 0 for an empty cell; per value the row where it stands first, from 1
  Seen *batch;
} Many;

#define ROTL(x, b) ((x) << (b) | (x) >> (64 - (b)))
#define SIP(a, b, c, d) \
  a += b; b = ROTL(b, 13) ^ a; a = ROTL(a, 32); c += d; d = ROTL(d, 16) ^ c; \
  a += d; d = ROTL(d, 21) ^ a; c += b; b = ROTL(b, 17) ^ c; c = ROTL(c, 32);
// SipHash-1-3, and a round more for the second number.
static inline Seen hash_of(const u64 key[2], u64 type, const u8 *p, u32 n) {
  u64 a = key[0] ^ 0x736f6d6570736575ull, b = key[1] ^ 0x646f72616e646f6dull, c = key[0] ^ 0x6c7967656e657261ull, d = key[1] ^ 0x7465646279746573ull ^ type;
  u32 i = 0;
  for (; i + 8 <= n; i += 8) { const u64 m = rd64(p + i); d ^= m; SIP(a, b, c, d) a ^= m; }
  // Reads up to 8 bytes behind the value, which are there in every buffer.
  const u64 m = (n - i ? rd64(p + i) & ((1ull << ((n - i) * 8)) - 1) : 0) | (u64)n << 56;
  d ^= m; SIP(a, b, c, d) a ^= m;
  c ^= 0xff;
  SIP(a, b, c, d) SIP(a, b, c, d) SIP(a, b, c, d)
  Seen s = {a ^ b ^ c ^ d, 0, 0};
  b ^= 0xdd;
  SIP(a, b, c, d)
  s.more = (u32)(a ^ b ^ c ^ d);
  return s;
}

static void many_put(Many *M, const Seen *s) {
  u32 k = (u32)s->hash & M->mask;
  for (; M->slots[k].code; k = (k + 1) & M->mask)
    if (M->slots[k].hash == s->hash && M->slots[k].more == s->more) { M->codes[s->row] = M->slots[k].code; return; }
  M->firsts[M->values] = s->row + 1;
  M->slots[k] = (Slot){s->hash, s->more, ++M->values};
  M->codes[s->row] = M->values;
}
// Moves to a table twice as large, which is empty.
static void many_move(Many *M, Slot *to, u32 mask) {
  for (u32 i = 0; i <= M->mask; i++) {
    if (!M->slots[i].code) continue;
    u32 k = (u32)M->slots[i].hash & mask;
    while (to[k].code) k = (k + 1) & mask;
    to[k] = M->slots[i];
  }
  M->slots = to; M->mask = mask;
}

enum { MANY_DAMAGED, MANY_OK, MANY_FULL, MANY_TOO_LONG };
// Takes in the rows of a page. The table has to have room for all of them: MANY_FULL where it should grow first.
static u32 many_page(Many *M, const u8 *page) {
  const u32 cells = leaf_cells(&M->reader, page);
  if (cells == ~0u) return MANY_DAMAGED;
  if ((u64)(M->values + cells) * 2 > M->mask) return MANY_FULL;
  u32 n = 0;
  for (u32 i = 0; i < cells; i++) {
    Row r;
    if (row_head(&M->reader, page, i, &r) == ROW_DAMAGED) return MANY_DAMAGED;
    const u64 at = r.row - M->first;
    if (at >= M->rows) continue;
    const int whole = row_whole(&M->reader, &r);
    if (whole != ROW_OK) return whole == ROW_DAMAGED ? MANY_DAMAGED : MANY_TOO_LONG;
    Fields F;
    if (!fields_begin(&r, &F)) return MANY_DAMAGED;
    u64 type = 0; const u8 *value = 0; u32 len = 0; int more = 1;
    for (u32 f = 0; f <= M->field && more > 0; f++) more = fields_next(&F, &type, &value, &len);
    if (more < 0) return MANY_DAMAGED;
    // A damaged file may name a row twice.
    if (M->seen++ == M->rows) return MANY_DAMAGED;
    if (!more || type == 0) { M->codes[at] = 0; continue; }
    M->batch[n] = hash_of(M->key, type, value, len);
    M->batch[n++].row = (u32)at;
  }
  // Apart, so that the processor waits for many slots at once.
  for (u32 i = 0; i < n; i++) many_put(M, &M->batch[i]);
  return MANY_OK;
}
