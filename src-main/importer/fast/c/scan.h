// Cuts a chunk of the source into records and cells. Which quote marks open and close follows from their parity alone;
// a file where that is not so (a quote mark inside an unquoted cell, text after a closing one) is found out and refused.
#pragma once
#include "base.h"

enum { PLACE_CELLS = 3 }; // byte, length and line, in digits
enum { REC_OK = 0, REC_BLANK = 1, REC_WIDTH = 2, REC_BYTES = 3 };

typedef struct { u32 start, end, first, line, status; } Rec; // end: without the line end; first: index of its first cell's end

typedef struct {
  u32 delimiter, quote, columns, least, comments; // how the source is written; records of `least` cells are padded
  u32 behind;                    // cells behind those of the columns: PLACE_CELLS where records say themselves where they lay
  u32 *cells; Rec *recs;         // where each cell ends; where each record starts and ends
  u32 pos, hi, ncells, nrecs, done, bad, line;
  u32 rest;                      // the first of recs is the rest of a record that the chunk before has
  u32 passed, hi_parity, hi_line; // whether `hi` was passed, and what is true there: inside quotes, line
  u32 high;                      // bytes above 127 were seen
  u64 carry, open_ok, closer, closer_cr; // of the 64 bytes before: inside quotes; a quote mark may open; one closed; a CR after it
} Scan;

// Starts a chunk at the byte `from` of line `line`: records that start up to `hi` belong to it. With `rest` no record starts at
// `from`, and the first of recs is the rest of one that the chunk before has.
EXPORT void scan_begin(Scan *S, u32 from, u32 hi, u32 parity, u32 line, u32 rest) {
  S->pos = from; S->hi = hi; S->line = line;
  S->carry = parity ? ~0ull : 0; S->open_ok = 1; S->closer = S->closer_cr = 0;
  S->ncells = S->done = S->bad = S->passed = S->high = 0;
  S->rest = rest;
  S->nrecs = 1;
  S->recs[0] = (Rec){from, 0, 0, line, REC_OK};
}

static inline void end_record(Scan *S, const u8 *p, u32 at, u32 next_line) {
  Rec *r = &S->recs[S->nrecs - 1];
  r->end = at > r->start && p[at - 1] == '\r' ? at - 1 : at;
  S->cells[S->ncells - 1] = r->end;
  if (at + 1 > S->hi) { S->done = 1; r[1].first = S->ncells; return; }
  S->nrecs++;
  r[1] = (Rec){at + 1, 0, S->ncells, next_line, REC_OK};
}

// Goes on to `to` (with `last`: the end of the source). Answers whether the chunk is complete; if not, more bytes are needed.
EXPORT u32 scan(Scan *S, const u8 *p, u32 to, u32 last) {
  u32 i = S->pos, nc = S->ncells;
  u32 *o = S->cells;
  const u8 quote = (u8)S->quote, delimiter = (u8)S->delimiter;
  v128_t any = wasm_i8x16_splat(0);
  for (; !S->done && (i + 64 <= to || (last && i < to)); i += 64) {
    v128_t v[4] = {ld(p + i), ld(p + i + 16), ld(p + i + 32), ld(p + i + 48)};
    u64 tm = below(to - i);
    u64 n = eq64(v, '\n') & tm, s = eq64(v, delimiter) & tm, in = S->carry, q = quote ? eq64(v, quote) & tm : 0;
    if (tm == ~0ull) any = wasm_v128_or(any, wasm_v128_or(wasm_v128_or(v[0], v[1]), wasm_v128_or(v[2], v[3])));
    else for (u32 k = i; k < to; k++) S->high |= p[k] > 127;
    u32 here = S->hi - i < 64;
    if (unlikely(here)) {
      u64 before = below(S->hi - i);
      S->passed = 1;
      S->hi_parity = (u32)(S->carry & 1) ^ (u32)(__builtin_popcountll(q & before) & 1);
      S->hi_line = S->line + (u32)__builtin_popcountll(n & before);
    }
    if (q | S->closer | S->closer_cr) {
      u64 r = eq64(v, '\r') & tm;
      in = prefix_xor(q) ^ S->carry;
      S->carry = (u64)((i64)in >> 63);
      u64 opens = q & in, closes = q & ~in;
      u64 bad = opens & ~((s | n | q) << 1 | S->open_ok);
      u64 after = closes << 1 | S->closer;
      bad |= after & ~(s | n | r | q) & tm;
      u64 cr = after & r;
      bad |= (cr << 1 | S->closer_cr) & ~n & tm;
      S->closer = closes >> 63;
      S->closer_cr = cr >> 63;
      if (unlikely(bad != 0)) { S->bad = 1; return 1; }
    }
    S->open_ok = (s | n | q) >> 63;
    u64 m = (n | s) & ~in, ends = n & ~in;
    // Most stretches have a few cells: four are written whether they are there or not (what is counted for none is written
    // over by the next stretch).
    u32 *c = o + nc;
    u64 left = m;
    for (u32 k = 0; k < 4; k++, left &= left - 1) c[k] = i + (u32)__builtin_ctzll(left);
    for (c += 4; unlikely(left != 0); left &= left - 1) *c++ = i + (u32)__builtin_ctzll(left);
    while (ends) {
      u32 k = (u32)__builtin_ctzll(ends);
      S->ncells = nc + (u32)__builtin_popcountll(m & below(k + 1));
      end_record(S, p, i + k, S->line + (u32)__builtin_popcountll(n & below(k + 1)));
      if (S->done) break;
      ends &= ends - 1;
    }
    if (S->done) break;
    nc += (u32)__builtin_popcountll(m);
    S->line += (u32)__builtin_popcountll(n);
    S->ncells = nc;
    // A record over all of the chunk is of no interest here.
    if (unlikely(here) && S->rest && S->nrecs == 1) { S->done = 1; S->recs[1].first = nc; break; }
  }
  S->pos = i;
  S->high |= wasm_i8x16_bitmask(any) != 0;
  if (last && !S->done) {
    if (S->carry) { S->bad = 2; return 1; }
    Rec *r = &S->recs[S->nrecs - 1];
    if (r->start >= to) { S->nrecs--; r->first = S->ncells; }
    else {
      S->cells[S->ncells++] = to;
      r->end = to > r->start && p[to - 1] == '\r' ? to - 1 : to;
      S->cells[S->ncells - 1] = r->end;
      r[1].first = S->ncells;
    }
    S->done = 1;
  }
  return S->done;
}

// Whether the bytes are UTF-8 as the Encoding Standard has it (no overlong forms, no surrogates, nothing over U+10FFFF).
static int is_utf8(const u8 *p, u32 n) {
  for (u32 i = 0; i < n;) {
    if (i + 16 <= n && !wasm_i8x16_bitmask(ld(p + i))) { i += 16; continue; }
    u8 c = p[i];
    if (c < 0x80) { i++; continue; }
    u32 k = c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : 0;
    if (!k || i + k >= n) return 0;
    u8 d = p[i + 1], lo = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80, hi = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    if (d < lo || d > hi) return 0;
    for (u32 j = 2; j <= k; j++) if ((p[i + j] & 0xc0) != 0x80) return 0;
    i += k + 1;
  }
  return 1;
}

// Judges the records; answers how many are kept.
EXPORT u32 judge(Scan *S, const u8 *p) {
  u32 kept = 0;
  const u32 first = S->rest;
  u32 whole = S->nrecs > first && S->high ? is_utf8(p + S->recs[first].start, S->recs[S->nrecs - 1].end - S->recs[first].start) : 1;
  for (u32 i = first; i < S->nrecs; i++) {
    Rec *r = &S->recs[i];
    u32 n = r[1].first - r->first;
    if (r->end == r->start || (S->comments && p[r->start] == '#')) r->status = REC_BLANK;
    else if (unlikely(!whole) && !is_utf8(p + r->start, r->end - r->start)) r->status = REC_BYTES;
    else if (n > S->columns + S->behind || n < S->least + S->behind) r->status = REC_WIDTH;
    else kept++;
  }
  return kept;
}
