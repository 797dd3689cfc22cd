// Numbers and times as types.ts and times.ts read them: the common forms here, everything else by asking JavaScript.
#pragma once
#include "base.h"

enum { NOT_NUMBER, WHOLE, REAL };

// One to eight digits and nothing else: all at once. Reads 8 bytes.
static inline int few_digits(const u8 *p, u32 n, i64 *whole) {
  u64 v = rd64(p) << (64 - n * 8) | (0x3030303030303030ull & ((1ull << (63 - (n * 8 - 1))) - 1));
  u64 d = v - 0x3030303030303030ull;
  if (((v + 0x4646464646464646ull) | d) & 0x8080808080808080ull) return 0;
  d = d * 10 + (d >> 8);
  *whole = (i64)((((d & 0x000000ff000000ffull) * 0x000f424000000064ull) + ((d >> 16 & 0x000000ff000000ffull) * 0x0000271000000001ull)) >> 32);
  return 1;
}

// storedCell's rule: the text is a number that prints as exactly this text. At most 15 digits always do, unless the form
// is one that JavaScript would not print (leading or trailing zeros, below 1e-6).
static inline int number_of(const u8 *p, u32 n, i64 *whole, double *real) {
  if (n > 25) return NOT_NUMBER;
  if (n <= 8 && few_digits(p, n, whole)) return n == 1 || p[0] != '0' ? WHOLE : NOT_NUMBER;
  u32 i = p[0] == '-', from = i, point = 0;
  u64 m = 0;
  for (; i < n; i++) {
    u32 d = (u32)p[i] - '0';
    if (d <= 9) { m = m * 10 + d; continue; }
    if (p[i] != '.' || point || i == from) break;
    point = i;
  }
  u32 digits = i - from - (point != 0);
  if (i == n && digits && digits <= 15) {
    if (!point) {
      if (p[from] == '0' && (n > 1)) return NOT_NUMBER;
      *whole = from ? -(i64)m : (i64)m;
      return WHOLE;
    }
    if (p[n - 1] == '0' || p[n - 1] == '.' || (p[from] == '0' && point != from + 1)) return NOT_NUMBER;
    if (p[from] != '0' || m >= 1) {
      static const double power[16] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
      u32 below = n - 1 - point;
      double v = (double)m / power[below];
      if (v < 1e-6) return NOT_NUMBER;
      *real = from ? -v : v;
      return REAL;
    }
  }
  if (((u32)p[0] - '0' > 9 && p[0] != '-') || n < 2) return NOT_NUMBER;
  for (; i < n; i++) if ((u32)p[i] - '0' > 9 && p[i] != '.' && p[i] != 'e' && p[i] != 'E' && p[i] != '+' && p[i] != '-') return NOT_NUMBER;
  double v = js_number(p, n);
  if (v != v) return NOT_NUMBER;
  if (v >= -9007199254740991.0 && v <= 9007199254740991.0 && v == __builtin_floor(v)) { *whole = (i64)v; return WHOLE; }
  *real = v;
  return REAL;
}

enum { TIME_OTHER, TIME_ISO, TIME_SECONDS, TIME_MILLIS, TIME_MICROS };
#define NO_TIME INT64_MIN

static inline i64 days_from_civil(i64 y, i64 m, i64 d) { // Howard Hinnant; years after 0 only
  y -= m <= 2;
  i64 era = y / 400, yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}
#define TWO(at) ((u32)(p[at] - '0') * 10 + (u32)(p[at + 1] - '0'))
static inline int all_digits(const u8 *p, u32 n) { for (u32 i = 0; i < n; i++) if ((u32)p[i] - '0' > 9) return 0; return 1; }

// 2019-01-15T05:15:11[.7671234][Z|+02:00], T or a space, years 1971 to 2199. `zone`: seconds east of UTC for texts without
// an offset, or ASK_ZONE. Answers 0 where JavaScript must read it.
#define ASK_ZONE 0x7fffffff
static int iso_time(const u8 *p, u32 n, i32 zone, i64 *out) {
  if (n < 19 || (p[10] != 'T' && p[10] != ' ') || p[4] != '-' || p[7] != '-' || p[13] != ':' || p[16] != ':') return 0;
  if (!all_digits(p, 4) || !all_digits(p + 5, 2) || !all_digits(p + 8, 2) || !all_digits(p + 11, 2) || !all_digits(p + 14, 2) || !all_digits(p + 17, 2)) return 0;
  u32 y = TWO(0) * 100 + TWO(2), mo = TWO(5), d = TWO(8), h = TWO(11), mi = TWO(14), s = TWO(17);
  static const u8 days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (y < 1971 || y > 2199 || mo < 1 || mo > 12 || d < 1 || d > days[mo] || h > 23 || mi > 59 || s > 59) return 0;
  u32 i = 19, us = 0;
  if (i < n && p[i] == '.') {
    u32 unit = 100000, from = ++i;
    for (; i < n && (u32)p[i] - '0' <= 9; i++) { us += ((u32)p[i] - '0') * unit; unit /= 10; }
    if (i == from) return 0;
  }
  i64 offset = zone;
  if (i == n) { if (zone == ASK_ZONE) return 0; }
  else if (p[i] == 'Z' && i + 1 == n) offset = 0;
  else if ((p[i] == '+' || p[i] == '-') && i + 6 == n && p[i + 3] == ':' && all_digits(p + i + 1, 2) && all_digits(p + i + 4, 2)) {
    u32 oh = TWO(i + 1), om = TWO(i + 4);
    if (oh > 18 || om > 59) return 0;
    offset = (i64)(oh * 3600 + om * 60) * (p[i] == '+' ? 1 : -1);
  } else return 0;
  *out = (days_from_civil(y, mo, d) * 86400 + (i64)h * 3600 + mi * 60 + s - offset) * 1000000 + us;
  return 1;
}

// Digits and a fraction counted in units of 10^-power seconds since 1970; 0 and anything odd is left to JavaScript.
static int epoch_time(const u8 *p, u32 n, u32 power, i64 *out) {
  u32 i = 0;
  i64 v = 0;
  for (; i < n && i < 16 && (u32)p[i] - '0' <= 9; i++) v = v * 10 + (p[i] - '0');
  if (!i || i > 16 || v == 0) return 0;
  u32 more = 6 - power;
  if (i < n) {
    if (p[i] != '.' || i + 1 == n) return 0;
    for (i++; i < n; i++) {
      u32 d = (u32)p[i] - '0';
      if (d > 9) return 0;
      if (more) { v = v * 10 + d; more--; }
      if (v > 4102444800000000LL) return 0;
    }
  }
  for (; more; more--) { if (v > 4102444800000000LL) return 0; v *= 10; }
  if (v > 4102444800000000LL) return 0;
  *out = v;
  return 1;
}

static inline i64 time_of(u32 column, u32 form, i32 zone, const u8 *p, u32 n) {
  i64 v;
  if (form == TIME_ISO ? iso_time(p, n, zone, &v) : form != TIME_OTHER && epoch_time(p, n, (form - TIME_SECONDS) * 3, &v)) return v;
  double d = js_time(column, p, n);
  return d == d ? (i64)d : NO_TIME;
}
