// Which rows have a text that is looked for: over the leaf pages of a row table.
#pragma once
#include "leaf.h"
#include "text.h"

// A row that is longer than there is room for: somebody else has to look at it.
void js_late(double row) IMPORT(late);

enum { LOOK_HOLDS, LOOK_IS, LOOK_FITS, LOOK_FILLED, LOOK_EMPTY, LOOK_NETWORK };
enum { FITS_MOST = 1 << 24 }; // letters of a text times those of a pattern; beyond, js_late
typedef struct {
  Reader reader;
  u32 look;
  Needle needle;              // the text; of a pattern, its longest piece (n is 0 where it has none)
  const u8 *pattern; u32 m;
  u32 low, high;              // of a network, as IPv4; low above high: it has none
  const u8 *wanted; u32 fields; // per value of a record: 1 if it is looked at
  u64 first; u32 rows;        // rows that the bits stand for
  const u64 *among; u64 *out; // only these rows are looked at; found ones are added here
} Scan;

static inline int text_fits(const Scan *S, const u8 *p, u32 n) {
  switch (S->look) {
    case LOOK_IS: return n == S->needle.n && same_text(S->needle.text, p, n);
    case LOOK_FITS:
      if ((u64)n * S->m > FITS_MOST) return -1;
      return fits(S->pattern, S->m, p, n);
    case LOOK_NETWORK: {
      u32 address = 0;
      int kind = address_of(p, n, &address);
      return kind == OTHER_ADDRESS ? -1 : kind == IN_V4 && address >= S->low && address <= S->high;
    }
    default: return find_text(&S->needle, p, n) < n || (n == 0 && S->needle.n == 0);
  }
}

// 1 found, 0 not, -1 to be looked at by somebody else, -2 damaged. Value by value.
static int row_by_fields(const Scan *S, const Row *r) {
  Fields F;
  if (!fields_begin(r, &F)) return -2;
  u64 type; const u8 *at; u32 len;
  for (u32 f = 0; f < S->fields; f++) {
    int more = fields_next(&F, &type, &at, &len);
    if (more <= 0) return more ? -2 : 0;
    if (!S->wanted[f]) continue;
    if (S->look == LOOK_FILLED || S->look == LOOK_EMPTY) { if ((type != 0) == (S->look == LOOK_FILLED)) return 1; continue; }
    if (!is_text(type)) continue;
    int fit = text_fits(S, at, len);
    if (fit) return fit;
  }
  return 0;
}

// The same, from places where the needle stands: most rows have none.
static int row_by_places(const Scan *S, const Row *r) {
  Fields F;
  if (!fields_begin(r, &F)) return -2;
  u32 k = find_text(&S->needle, F.body, (u32)(F.end - F.body));
  const u8 *hit = F.body + k;
  if (hit >= F.end) return 0;
  u64 type; const u8 *at; u32 len;
  for (u32 f = 0; f < S->fields; f++) {
    int more = fields_next(&F, &type, &at, &len);
    if (more <= 0) return more ? -2 : 0;
    const u8 *end = at + len;
    if (hit >= end) continue;
    if (S->wanted[f] && is_text(type)) {
      int fit = hit + S->needle.n > end ? 0 : S->look == LOOK_HOLDS ? 1 : text_fits(S, at, len);
      if (fit) return fit;
      // Nowhere else in this value, as far as a text goes that only reaches out of it.
    }
    hit = end + find_text(&S->needle, end, (u32)(F.end - end));
    if (hit >= F.end) return 0;
  }
  return 0;
}

// Looks at the rows of some pages, one behind the other; 0 where one of them is damaged.
static int scan_run(const Scan *S, const u8 *pages, u32 count) {
  const int places = S->needle.n > 0 && (S->look == LOOK_HOLDS || S->look == LOOK_FITS);
  for (u32 k = 0; k < count; k++) {
    const u8 *page = pages + (size_t)k * S->reader.size;
    const u32 cells = leaf_cells(&S->reader, page);
    if (cells == ~0u) return 0;
    for (u32 i = 0; i < cells; i++) {
      Row r;
      if (row_head(&S->reader, page, i, &r) == ROW_DAMAGED) return 0;
      u64 bit = r.row - S->first;
      if (bit >= S->rows || !(S->among[bit >> 6] >> (bit & 63) & 1)) continue;
      int whole = row_whole(&S->reader, &r);
      if (whole == ROW_DAMAGED) return 0;
      int found = whole == ROW_TOO_LONG ? -1 : places ? row_by_places(S, &r) : row_by_fields(S, &r);
      if (found == -2) return 0;
      if (found == -1) js_late((double)r.row);
      else if (found) S->out[bit >> 6] |= 1ull << (bit & 63);
    }
  }
  return 1;
}
