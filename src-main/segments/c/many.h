// Codes for columns with any number of values: a value gets the next number where it stands first. Several columns at once.
#pragma once
#include "dictionary.h"
#include "order.h"

// Values are told apart by 96 bits of a keyed hash: no text is kept, and without the key nobody can make two of them alike.
typedef struct { u64 hash; u32 more, code; } Slot; // code 0: free
// `row` counted from 0, within the stretch. `text`: where the value stands while its page does, else 0 and its rank is told already.
typedef struct { u64 hash; u32 more, row; const u8 *text; u32 bytes, rank; } Seen;
enum { NOT_RANKED = 0xffff };
typedef struct {
  Slot *slots; u32 mask, values;
  u32 *firsts, *counts;      // per value the row where it stands first, from 1, and in how many it stands
  Order order;
  u16 *ranks;                // per value, where it lies among all; none where the order has no keys
  u32 odd;                   // whether some value has no rank: it is no text, or holds a NUL, behind which SQLite compares otherwise
  u32 *codes;                // per row of the stretch, 0 for an empty cell; none: nobody asks for this column
} ManyColumn;
typedef struct {
  Reader reader;
  ManyColumn *columns; u32 ncolumns;
  u32 *of; u32 fields;       // per value of a record: 1 + its column, or 0
  u64 first; u32 rows, seen;
  u64 key[2];
  Seen *batch; u32 room;     // `room` of them a column
  u32 *waiting;              // per column, how many of its batch are taken
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
  Seen s = {a ^ b ^ c ^ d, 0, 0, 0, 0, 0};
  b ^= 0xdd;
  SIP(a, b, c, d)
  s.more = (u32)(a ^ b ^ c ^ d);
  return s;
}

static inline u32 rank_of(const Order *O, u64 type, const u8 *p, u32 n) {
  return is_text(type) && !holds_nul(p, n) ? order_rank(O, p, n) : NOT_RANKED;
}

static void many_put(Many *M, ManyColumn *C, const Seen *s) {
  u32 k = (u32)s->hash & C->mask;
  for (; C->slots[k].code; k = (k + 1) & C->mask)
    if (C->slots[k].hash == s->hash && C->slots[k].more == s->more) {
      C->codes[s->row] = C->slots[k].code;
      C->counts[C->slots[k].code - 1]++;
      return;
    }
  C->firsts[C->values] = (u32)(M->first + s->row);
  C->counts[C->values] = 1;
  if (C->order.count) {
    const u32 rank = s->text ? rank_of(&C->order, s->rank, s->text, s->bytes) : s->rank;
    if (rank == NOT_RANKED) C->odd = 1;
    C->ranks[C->values] = (u16)rank;
  }
  C->slots[k] = (Slot){s->hash, s->more, ++C->values};
  C->codes[s->row] = C->values;
}
// Moves to a larger table, which is empty, and to lists with as much more room.
static void many_move(ManyColumn *C, Slot *to, u32 mask, u32 *firsts, u32 *counts, u16 *ranks) {
  for (u32 i = 0; C->slots && i <= C->mask; i++) {
    if (!C->slots[i].code) continue;
    u32 k = (u32)C->slots[i].hash & mask;
    while (to[k].code) k = (k + 1) & mask;
    to[k] = C->slots[i];
  }
  if (C->values) {
    __builtin_memcpy(firsts, C->firsts, C->values * 4);
    __builtin_memcpy(counts, C->counts, C->values * 4);
    __builtin_memcpy(ranks, C->ranks, C->values * 2);
  }
  C->slots = to; C->mask = mask; C->firsts = firsts; C->counts = counts; C->ranks = ranks;
}

// A column without a table: what tells its values apart goes into these, per row of the stretch; 0 and 0 for an empty cell. It lies in `codes`.
typedef struct { u64 hashes[STRETCH]; u32 mores[STRETCH]; u16 ranks[STRETCH]; } Spread;
static inline void spread_put(ManyColumn *C, const Seen *s) {
  Spread *S = (Spread *)C->codes;
  S->hashes[s->row] = s->hash;
  S->mores[s->row] = s->more;
  S->ranks[s->row] = (u16)s->rank;
  if (s->rank == NOT_RANKED) C->odd = 1;
}

// From MANY_GROW on: the number of the column whose table should grow first; nothing of the page is taken in then.
enum { MANY_DAMAGED, MANY_OK, MANY_TOO_LONG, MANY_GROW };
static u32 many_page(Many *M, const u8 *page) {
  const u32 cells = leaf_cells(&M->reader, page);
  if (cells == ~0u || cells > M->room) return MANY_DAMAGED;
  for (u32 c = 0; c < M->ncolumns; c++) {
    const ManyColumn *C = &M->columns[c];
    if (C->codes && C->slots && ((u64)C->values + cells) * 4 > ((u64)C->mask + 1) * 3) return MANY_GROW + c;
    M->waiting[c] = 0;
  }
  for (u32 i = 0; i < cells; i++) {
    Row r;
    if (row_head(&M->reader, page, i, &r) == ROW_DAMAGED) return MANY_DAMAGED;
    const u64 at = r.row - M->first;
    if (at >= M->rows) continue;
    const int whole = row_whole(&M->reader, &r);
    if (whole != ROW_OK) return whole == ROW_DAMAGED ? MANY_DAMAGED : MANY_TOO_LONG;
    // A damaged file may name a row twice.
    if (M->seen++ == M->rows) return MANY_DAMAGED;
    Fields F;
    if (!fields_begin(&r, &F)) return MANY_DAMAGED;
    u64 type; const u8 *value; u32 len;
    for (u32 f = 0; f < M->fields; f++) {
      const int more = fields_next(&F, &type, &value, &len);
      if (more < 0) return MANY_DAMAGED;
      if (!more) break; // a row that was stored with fewer values than there are columns
      const u32 c = M->of[f];
      if (!c || type == 0 || !M->columns[c - 1].codes) continue;
      Seen *s = &M->batch[(c - 1) * M->room + M->waiting[c - 1]++];
      *s = hash_of(M->key, type, value, len);
      s->row = (u32)at;
      const ManyColumn *C = &M->columns[c - 1];
      if (!C->order.count) continue;
      // The next row on several pages takes the place of this one.
      if (r.payload == M->reader.scratch || !C->slots) s->rank = rank_of(&C->order, type, value, len);
      else { s->text = value; s->bytes = len; s->rank = (u32)type; }
    }
  }
  // Apart, so that the processor waits for many slots at once.
  for (u32 c = 0; c < M->ncolumns; c++)
    for (u32 i = 0; i < M->waiting[c]; i++) {
      const Seen *s = &M->batch[c * M->room + i];
      if (M->columns[c].slots) many_put(M, &M->columns[c], s); else spread_put(&M->columns[c], s);
    }
  return MANY_OK;
}

// Numbers those values of a stretch that fall into one of `parts`, in a table for this part alone; `next` is the last number given.
static u32 spread_number(Slot *slots, u32 mask, const Spread *S, u32 rows, u32 parts, u32 part, u32 *codes, u32 next) {
  for (u32 k = 0; k < rows; k++) {
    const u64 hash = S->hashes[k];
    if ((u32)(hash >> 32) % parts != part || !(hash | S->mores[k])) continue;
    u32 at = (u32)hash & mask;
    while (slots[at].code && (slots[at].hash != hash || slots[at].more != S->mores[k])) at = (at + 1) & mask;
    if (!slots[at].code) slots[at] = (Slot){hash, S->mores[k], ++next};
    codes[k] = slots[at].code;
  }
  return next;
}

// The first bytes of every value of a page in order_key's form, `room` of them a column; counts them in `waiting`. Others than texts are left out.
static u32 many_sample(Many *M, const u8 *page, u64 *out, u32 room) {
  const u32 cells = leaf_cells(&M->reader, page);
  if (cells == ~0u) return MANY_DAMAGED;
  for (u32 i = 0; i < cells; i++) {
    Row r;
    if (row_head(&M->reader, page, i, &r) == ROW_DAMAGED || row_whole(&M->reader, &r) == ROW_DAMAGED) return MANY_DAMAGED;
    Fields F;
    if (r.overflow || !fields_begin(&r, &F)) continue;
    u64 type; const u8 *value; u32 len;
    for (u32 f = 0; f < M->fields && fields_next(&F, &type, &value, &len) > 0; f++) {
      const u32 c = M->of[f];
      if (!c || !is_text(type) || M->waiting[c - 1] == room) continue;
      order_key(value, len, out + (size_t)((c - 1) * room + M->waiting[c - 1]++) * ORDER_WORDS);
    }
  }
  return MANY_OK;
}

// Writes the codes of the stretch as a segment; answers the bytes.
static u32 many_segment_put(const Many *M, const ManyColumn *C, u8 *out) {
  u32 most = 0;
  for (u32 k = 0; k < M->rows; k++) if (C->codes[k] > most) most = C->codes[k];
  u8 *data = out + SEGMENT_HEAD;
  for (u32 i = 0; i < SEGMENT_HEAD; i++) out[i] = 0;
  if (most > 65535) {
    out[0] = S_CODES32;
    __builtin_memcpy(data, C->codes, M->rows * 4);
    return SEGMENT_HEAD + M->rows * 4;
  }
  out[0] = S_CODES16;
  for (u32 k = 0; k < M->rows; k++) ((u16 *)data)[k] = (u16)C->codes[k];
  return SEGMENT_HEAD + M->rows * 2;
}
