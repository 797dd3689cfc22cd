// Turns records into rows of the dataset table: types every cell, keeps byte range, line and time, and shows each text to
// the collectors of indicators and hosts. A store for column segments would be a further reader at the same place.
#pragma once
#include "base.h"
#include "iocs.h"
#include "pages.h"
#include "scan.h"
#include "table.h"
#include "values.h"

enum { TYPE_TEXT, TYPE_NUMBER, TYPE_TIME };

typedef struct {
  u32 type, form;  // TYPE_*, TIME_*
  i32 zone;        // seconds east of UTC, or ASK_ZONE
  u32 instant;     // a "<name> _us" column follows
  u32 look;        // LOOK_*
  u32 filled;      // cells that are not empty
} Col;

typedef struct {
  Scan scan;
  Pages pages;
  Finds finds;
  u32 hosts[16], nhosts; // columns that name the host, best first
  const u8 *unset; u32 nunset; // cells that stand for nothing: length in 2 bytes, then the text
  Col *cols;
  u32 time;              // column that gives the time of the row, or ~0
  u8 *hdr, *body, *room; // scratch of a record; `body` moves on from `room` while texts of earlier rows wait there
  double base;           // where the chunk's byte 0 lies in the source
  double row;            // the next row's number
  u32 next;              // the next record
  u32 stop;              // why build() came back: 0 all done, 1 pages are full, 2 the table is full
  double first, last;    // times of the rows, NaN until there is one
  u32 timeless;
  u32 enough; // bytes of texts at which they are to be decided
  i64 minute; u32 in_minute; // rows of the minute that came last, not yet told
} Work;

enum { BODY_ROWS = 65536 }; // bytes of rows whose texts may wait together

// One cell's text: p[0..n), for a quoted cell without its quote marks; `marks` says that "" stand inside.
typedef struct { const u8 *p; u32 n, marks; } Cell;

static inline Cell cell_at(const u8 *p, u32 from, u32 to, u32 quote) {
  Cell c = {p + from, to - from, 0};
  if (c.n > 1 && quote && c.p[0] == quote) {
    c.p++; c.n -= 2;
    for (u32 i = 0; i < c.n; i += 16) {
      u32 left = c.n - i, m = eq16(ld(c.p + i), (u8)quote);
      if (left < 16) m &= (1u << left) - 1;
      if (m) { c.marks = 1; break; }
    }
  }
  return c;
}

static inline i64 row_time(Work *W, const u8 *p, const Rec *r) {
  if (W->time == ~0u) return NO_TIME;
  if (r->first + W->time >= r[1].first) return NO_TIME;
  u32 k = r->first + W->time, from = W->time ? W->scan.cells[k - 1] + 1 : r->start;
  Cell c = cell_at(p, from, W->scan.cells[k], W->scan.quote);
  if (!c.n) return NO_TIME;
  if (c.marks) { c.n = copy_unescaped(W->body, c.p, c.n, (u8)W->scan.quote); c.p = W->body; }
  return time_of(W->time, W->cols[W->time].form, W->cols[W->time].zone, c.p, c.n);
}

static int is_unset(const Work *W, const u8 *p, u32 n) {
  const u8 *u = W->unset;
  for (u32 i = 0; i < W->nunset; i++) {
    u32 len = (u32)u[0] | (u32)u[1] << 8, same = len == n;
    for (u32 k = 0; same && k < n; k++) same = u[2 + k] == p[k];
    if (same) return 1;
    u += 2 + len;
  }
  return 0;
}

// The host of a row is the first filled one of the columns that name it.
static void row_host(Work *W, const u8 *p, const Rec *r, i64 time) {
  for (u32 i = 0; i < W->nhosts; i++) {
    u32 column = W->hosts[i];
    if (r->first + column >= r[1].first) continue;
    u32 from = column ? W->scan.cells[r->first + column - 1] + 1 : r->start;
    Cell c = cell_at(p, from, W->scan.cells[r->first + column], W->scan.quote);
    if (!c.n) continue;
    if (c.marks) { c.n = copy_unescaped(W->body, c.p, c.n, (u8)W->scan.quote); c.p = W->body; }
    if (W->nunset && is_unset(W, c.p, c.n)) continue;
    host_add(&W->finds, c.p, c.n, time);
    return;
  }
}

// The number in one of the cells behind the columns, which this program wrote.
static i64 place_of(const Work *W, const u8 *p, const Rec *r, u32 n) {
  const u32 k = r[1].first - PLACE_CELLS + n;
  i64 value = 0;
  for (u32 i = W->scan.cells[k - 1] + 1; i < W->scan.cells[k]; i++) value = value * 10 + (p[i] - '0');
  return value;
}

static void row_build(Work *W, const u8 *p, const Rec *r) {
  if ((u32)(W->body - W->room) > BODY_ROWS || !W->finds.queue.n) { finds_flush(&W->finds); W->body = W->room; }
  u8 *h = W->hdr, *b = W->body;
  u32 from = r->start, quote = W->scan.quote;
  i64 time = row_time(W, p, r);
  if (W->nhosts) row_host(W, p, r, time);
  *h++ = 0; // _row is the rowid itself
  if (time == NO_TIME) { *h++ = 0; W->timeless++; }
  else {
    b = int_put(&h, b, time);
    if (!((double)time >= W->first)) W->first = (double)time;
    if (!((double)time <= W->last)) W->last = (double)time;
    i64 minute = time / 60000000 - (time % 60000000 < 0);
    if (minute != W->minute) {
      if (W->in_minute) js_minute((double)W->minute, W->in_minute);
      W->minute = minute;
      W->in_minute = 0;
    }
    W->in_minute++;
  }
  if (W->scan.behind) for (u32 n = 0; n < PLACE_CELLS; n++) b = int_put(&h, b, place_of(W, p, r, n));
  else {
    b = int_put(&h, b, (i64)W->base + r->start);
    b = int_put(&h, b, r->end - r->start);
    b = int_put(&h, b, r->line);
  }
  const u32 cells = r[1].first - r->first - W->scan.behind;
  const u32 *const ends = W->scan.cells + r->first;
  Col *col = W->cols;
  for (u32 c = 0, n = W->scan.columns; c < n; c++, col++) {
    u32 len;
    if (unlikely(c >= cells)) goto empty;
    u32 to = ends[c];
    const u8 *q = p + from;
    len = to - from;
    from = to + 1;
    if (!len) goto empty;
    if (len > 1 && quote && q[0] == quote) {
      if (len == 2) goto empty;
      len = copy_unescaped(b, q + 1, len - 2, (u8)quote);
    } else copy_cell(b, q, len);
    col->filled++;
    if (col->type == TYPE_NUMBER) {
      i64 whole; double real;
      int kind = number_of(b, len, &whole, &real);
      if (kind == WHOLE) { b = int_put(&h, b, whole); continue; }
      if (kind == REAL) {
        u64 x;
        __builtin_memcpy(&x, &real, 8);
        be64(b, x);
        *h++ = 7; b += 8;
        continue;
      }
    }
    if (col->look) look(&W->finds, b, len, col->look, c, time);
    h = vput(h, 13 + 2 * (u64)len);
    if (col->instant) {
      i64 at = c == W->time ? time : time_of(c, col->form, col->zone, b, len);
      b += len;
      if (at == NO_TIME) *h++ = 0;
      else b = int_put(&h, b, at);
    } else b += len;
    continue;
    empty:
    *h++ = 0;
    if (col->instant) *h++ = 0;
  }
  row_put(&W->pages, (u64)W->row, W->hdr, (u32)(h - W->hdr), W->body, (u32)(b - W->body));
  W->row += 1;
  W->body = b;
}
