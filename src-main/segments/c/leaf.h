// Reads SQLite table leaf pages (sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1). Every offset and length is checked:
// a dataset file may be damaged, and what it says must not lead out of the page.
#pragma once
#include "../../importer/fast/c/pages.h"

// Follows a chain of overflow pages from `page` and copies `n` bytes to `to`; 1, or 0 where the chain is broken.
u32 js_overflow(u32 page, u8 *to, u32 n) IMPORT(overflow);

// What a row needs to be read: pages of `size` bytes, room for rows that lie on several pages. 16 bytes behind `room` are spare.
typedef struct { u32 size; u8 *scratch; u32 room; } Reader;

enum { ROW_DAMAGED, ROW_OK, ROW_TOO_LONG };
typedef struct { u64 row; const u8 *payload, *end; const u8 *overflow; u32 local, len; } Row;

// A varint that ends before `end`, or 0. Up to 9 bytes.
static inline const u8 *vget(const u8 *p, const u8 *end, u64 *out) {
  if (p < end && *p < 128) { *out = *p; return p + 1; }
  u64 v = 0;
  for (u32 i = 0; i < 9 && p < end; i++) {
    u8 b = *p++;
    if (i == 8) { *out = v << 8 | b; return p; }
    v = v << 7 | (b & 127);
    if (b < 128) { *out = v; return p; }
  }
  return 0;
}

// Cells of a leaf page; ~0 where the page is none.
static inline u32 leaf_cells(const Reader *R, const u8 *page) {
  u32 n = (u32)page[3] << 8 | page[4];
  return page[0] == 0x0d && 8 + 2 * n <= R->size ? n : ~0u;
}
// The head of cell i: number of the row, where its payload begins, how much of it lies here.
static inline int row_head(const Reader *R, const u8 *page, u32 i, Row *r) {
  const u8 *end = page + R->size, *p = page + ((u32)page[8 + 2 * i] << 8 | page[9 + 2 * i]);
  u64 payload;
  if (p < page + 8 || !(p = vget(p, end, &payload)) || !(p = vget(p, end, &r->row)) || payload > 0x7fffffff) return ROW_DAMAGED;
  r->len = (u32)payload;
  r->local = local_size(R->size, r->len, R->size - 35);
  r->payload = p;
  r->end = p + r->local;
  r->overflow = 0;
  if (r->local < r->len) { r->overflow = r->end; if (r->end + 4 > end) return ROW_DAMAGED; }
  return r->end <= end ? ROW_OK : ROW_DAMAGED;
}
// Brings the whole payload together.
static inline int row_whole(const Reader *R, Row *r) {
  if (!r->overflow) return ROW_OK;
  if (r->len > R->room) return ROW_TOO_LONG;
  copy_exact(R->scratch, r->payload, r->local);
  if (!js_overflow(rd32be(r->overflow), R->scratch + r->local, r->len - r->local)) return ROW_DAMAGED;
  r->payload = R->scratch;
  r->end = R->scratch + r->len;
  r->overflow = 0;
  return ROW_OK;
}

// Bytes of a value by its serial type.
static inline u32 serial_bytes(u64 t) {
  static const u8 fixed[12] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  return t < 12 ? fixed[t] : (u32)((t - 12) >> 1);
}
static inline int is_text(u64 t) { return t >= 13 && (t & 1); }

// Walks over the values of a row.
typedef struct { const u8 *head, *head_end, *body, *end; } Fields;
static inline int fields_begin(const Row *r, Fields *F) {
  u64 n;
  const u8 *p = vget(r->payload, r->end, &n);
  if (!p || n > (u64)(r->end - r->payload)) return 0;
  *F = (Fields){p, r->payload + n, r->payload + n, r->end};
  return 1;
}
// The next value; 0 at the end, -1 where it reaches out of the row.
static inline int fields_next(Fields *F, u64 *type, const u8 **at, u32 *len) {
  if (F->head >= F->head_end) return 0;
  F->head = vget(F->head, F->head_end, type);
  if (!F->head) return -1;
  u64 n = *type < 12 ? serial_bytes(*type) : (*type - 12) >> 1;
  if (n > (u64)(F->end - F->body)) return -1;
  *at = F->body;
  *len = (u32)n;
  F->body += n;
  return 1;
}
// The integer of a value with serial type 1 to 6, 8 or 9.
static inline i64 int_of(u64 type, const u8 *p) {
  if (type >= 8) return (i64)type - 8;
  u32 n = serial_bytes(type);
  u64 v = 0;
  for (u32 i = 0; i < n; i++) v = v << 8 | p[i];
  return (i64)(v << (64 - 8 * n)) >> (64 - 8 * n);
}
static inline double real_of(const u8 *p) {
  u64 x = __builtin_bswap64(rd64(p));
  double v;
  __builtin_memcpy(&v, &x, 8);
  return v;
}
