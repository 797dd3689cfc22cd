// The rows that come first by the text of a column, as SQLite's NOCASE compares; empty cells come last, equal ones in row order.
#pragma once
#include "leaf.h"
#include "text.h"

enum { TOP_KEY_MAX = 4096 };
typedef struct { u32 row, len; } TopKey; // its bytes stand in `keys`, TOP_KEY_MAX apart
typedef struct {
  Reader reader;
  u32 field, most, descending;
  u64 first; u32 rows;        // of the stretch
  const u64 *among;
  u32 found, empty;           // entries in order; rows with an empty cell
  u32 *order;                 // places of entries, in order
  TopKey *entries;
  u32 *empties;               // the first of the empty rows
  u8 *keys;
} Top;

static inline int text_order(const u8 *a, u32 an, const u8 *b, u32 bn) {
  const u32 n = an < bn ? an : bn;
  for (u32 i = 0; i < n; i++) {
    const int x = (int)folded(a[i]) - (int)folded(b[i]);
    if (x) return x;
    if (!a[i]) break; // so does SQLite: behind a NUL only lengths count
  }
  return an < bn ? -1 : an > bn;
}
static inline int top_before(const Top *T, const u8 *p, u32 n, u32 entry) {
  const int x = text_order(p, n, T->keys + (size_t)entry * TOP_KEY_MAX, T->entries[entry].len);
  // Rows come in their order: an equal one stays behind.
  return T->descending ? x > 0 : x < 0;
}
static int top_put(Top *T, u32 row, const u8 *p, u32 n) {
  const int full = T->found == T->most;
  if (full && !top_before(T, p, n, T->order[T->most - 1])) return 1;
  if (n > TOP_KEY_MAX) return 0;
  const u32 entry = full ? T->order[T->most - 1] : T->found++;
  u32 low = 0, high = T->found - 1;
  while (low < high) {
    const u32 middle = (low + high) / 2;
    if (top_before(T, p, n, T->order[middle])) high = middle; else low = middle + 1;
  }
  for (u32 k = T->found - 1; k > low; k--) T->order[k] = T->order[k - 1];
  T->order[low] = entry;
  T->entries[entry] = (TopKey){row, n};
  copy_exact(T->keys + (size_t)entry * TOP_KEY_MAX, p, n);
  return 1;
}

enum { TOP_DAMAGED, TOP_OK, TOP_OTHER }; // TOP_OTHER: a cell that is not compared here
static u32 top_run(Top *T, const u8 *pages, u32 count) {
  for (u32 k = 0; k < count; k++) {
    const u8 *page = pages + (size_t)k * T->reader.size;
    const u32 cells = leaf_cells(&T->reader, page);
    if (cells == ~0u) return TOP_DAMAGED;
    for (u32 i = 0; i < cells; i++) {
      Row r;
      if (row_head(&T->reader, page, i, &r) == ROW_DAMAGED) return TOP_DAMAGED;
      const u64 bit = r.row - T->first;
      if (bit >= T->rows || !(T->among[bit >> 6] >> (bit & 63) & 1)) continue;
      const int whole = row_whole(&T->reader, &r);
      if (whole != ROW_OK) return whole == ROW_DAMAGED ? TOP_DAMAGED : TOP_OTHER;
      Fields F;
      if (!fields_begin(&r, &F)) return TOP_DAMAGED;
      u64 type = 0; const u8 *value = 0; u32 len = 0; int more = 1;
      for (u32 f = 0; f <= T->field && more > 0; f++) more = fields_next(&F, &type, &value, &len);
      if (more < 0) return TOP_DAMAGED;
      if (!more || type == 0) { if (T->empty < T->most) T->empties[T->empty] = (u32)r.row; T->empty++; }
      else if (!is_text(type) || !top_put(T, (u32)r.row, value, len)) return TOP_OTHER;
    }
  }
  return TOP_OK;
}
