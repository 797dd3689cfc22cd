/** A graph to be placed: numbers only, so that it crosses to a worker without a copy of texts. */
export type LayoutInput = {
  /** Places so far; NaN: not placed yet. */
  x: Float64Array
  y: Float64Array
  /** 1: stays where it is. */
  fixed: Uint8Array
  /** Room that a node needs, in pixels across. */
  room: Float64Array
  /** Ends of the edges, one after the other. */
  ends: Uint32Array
  /** Pull of each edge, 0.1 to 1. */
  pull: Float64Array
}
export type Layout = { x: Float64Array; y: Float64Array }

/** Length that an edge wants, in pixels; between two nodes with many edges longer by this share for each doubling of them. */
const EDGE = 84
const HUB = 0.55
/** Edges of a node beyond which it pushes no more. */
const PUSH_MAX = 40
/** A branch of the tree of space that is seen under less than this angle counts as one node. */
const THETA = 0.9
const STEPS = 300
const STEPS_FEW = 500
/** Nodes above which fewer steps are made. */
const MANY = 800

/** A generator of numbers with a seed: the same graph is placed the same way. */
function random(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/**
 * Places nodes by forces: every two push each other away, edges pull, all are drawn to the middle a little. Nodes that are
 * fixed stay; `onStep` is told the share that is done and may stop it by answering false.
 */
export function layOut(input: LayoutInput, onStep: (share: number) => boolean = () => true): Layout {
  const n = input.x.length
  const [x, y] = [Float64Array.from(input.x), Float64Array.from(input.y)]
  const { fixed, ends, pull, room } = input
  seed(x, y, ends)
  if (n < 2) return { x, y }
  const degree = new Float64Array(n)
  for (const end of ends) degree[end] = (degree[end] ?? 0) + 1
  const [dx, dy] = [new Float64Array(n), new Float64Array(n)]
  const steps = n > MANY ? STEPS : STEPS_FEW
  const tree = spaceTree(n)
  for (let step = 0; step < steps; step++) {
    const heat = (1 - step / steps) ** 1.5
    dx.fill(0)
    dy.fill(0)
    tree.build(x, y, degree)
    for (let a = 0; a < n; a++) if (fixed[a] !== 1) tree.push(a, x, y, degree, dx, dy)
    for (let e = 0; e < pull.length; e++) {
      const [a, b] = [ends[e * 2] ?? 0, ends[e * 2 + 1] ?? 0]
      const [ex, ey] = [at(x, b) - at(x, a), at(y, b) - at(y, a)]
      const far = Math.hypot(ex, ey) || 1
      const least = Math.min(at(degree, a), at(degree, b))
      const wanted = EDGE * (1 + HUB * Math.log2(least))
      const force = (at(pull, e) * (far - wanted)) / far / Math.sqrt(least)
      add(dx, a, ex * force * 0.5)
      add(dy, a, ey * force * 0.5)
      add(dx, b, -ex * force * 0.5)
      add(dy, b, -ey * force * 0.5)
    }
    const reach = 4 + heat * EDGE
    for (let a = 0; a < n; a++) {
      if (fixed[a] === 1) continue
      const [mx, my] = [at(dx, a) - at(x, a) * 0.03, at(dy, a) - at(y, a) * 0.03]
      const far = Math.hypot(mx, my) || 1
      const move = Math.min(far, reach) / far
      add(x, a, mx * move)
      add(y, a, my * move)
    }
    if (step % 10 === 0 && !onStep(step / steps)) break
  }
  spread(x, y, fixed, room)
  return { x, y }
}

const at = (values: Float64Array, n: number): number => values[n] ?? 0
const add = (values: Float64Array, n: number, more: number): void => {
  values[n] = (values[n] ?? 0) + more
}

const shift = (x: Float64Array, y: Float64Array, n: number, mx: number, my: number): void => {
  add(x, n, mx)
  add(y, n, my)
}

/** New nodes begin beside a neighbour that has its place, else on a spiral. */
function seed(x: Float64Array, y: Float64Array, ends: Uint32Array): void {
  const next = random(7)
  for (let round = 0; round < 3; round++)
    for (let e = 0; e < ends.length; e += 2) {
      const [a, b] = [ends[e] ?? 0, ends[e + 1] ?? 0]
      for (const [known, fresh] of [[a, b] as const, [b, a] as const]) {
        if (Number.isNaN(x[known]) || !Number.isNaN(x[fresh])) continue
        const angle = next() * 2 * Math.PI
        x[fresh] = at(x, known) + Math.cos(angle) * EDGE
        y[fresh] = at(y, known) + Math.sin(angle) * EDGE
      }
    }
  for (let a = 0; a < x.length; a++) {
    if (!Number.isNaN(x[a])) continue
    const far = 24 * Math.sqrt(a + 1)
    x[a] = Math.cos(a * 2.4) * far
    y[a] = Math.sin(a * 2.4) * far
  }
}

/** Takes nodes apart that lie over each other. */
function spread(x: Float64Array, y: Float64Array, fixed: Uint8Array, room: Float64Array): void {
  const cell = Math.max(40, ...room)
  for (let round = 0; round < 12; round++) {
    const cells = new Map<string, number[]>()
    for (let a = 0; a < x.length; a++) {
      const key = `${Math.floor(at(x, a) / cell)} ${Math.floor(at(y, a) / cell)}`
      const own = cells.get(key)
      if (own) own.push(a)
      else cells.set(key, [a])
    }
    let moved = false
    for (let a = 0; a < x.length; a++) {
      const [cx, cy] = [Math.floor(at(x, a) / cell), Math.floor(at(y, a) / cell)]
      for (let ox = -1; ox <= 1; ox++)
        for (let oy = -1; oy <= 1; oy++)
          for (const b of cells.get(`${cx + ox} ${cy + oy}`) ?? []) {
            if (b <= a) continue
            const [ex, ey] = [at(x, b) - at(x, a) || 0.01, at(y, b) - at(y, a)]
            const far = Math.hypot(ex, ey)
            const lack = (at(room, a) + at(room, b)) / 2 - far
            if (lack <= 0) continue
            moved = true
            const free = (fixed[a] === 1 ? 0 : 1) + (fixed[b] === 1 ? 0 : 1)
            if (free === 0) continue
            const by = (lack / far / free) * 0.9
            if (fixed[a] !== 1) shift(x, y, a, -ex * by, -ey * by)
            if (fixed[b] !== 1) shift(x, y, b, ex * by, ey * by)
          }
    }
    if (!moved) return
  }
}

/** Barnes and Hut: space in quarters, so that far nodes push as one. */
function spaceTree(n: number) {
  const size = n * 4 + 64
  const child = new Int32Array(size * 4)
  const [mass, mx, my, half, body] = [
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
    new Int32Array(size),
  ]
  const [ox, oy] = [new Float64Array(size), new Float64Array(size)]
  const stack = new Int32Array(4_096)
  let used = 0
  const fresh = (cx: number, cy: number, h: number): number => {
    if (used >= size) return -1
    child.fill(-1, used * 4, used * 4 + 4)
    mass[used] = mx[used] = my[used] = 0
    body[used] = -1
    ox[used] = cx
    oy[used] = cy
    half[used] = h
    return used++
  }
  const quarter = (cell: number, px: number, py: number): number =>
    (px > at(ox, cell) ? 1 : 0) + (py > at(oy, cell) ? 2 : 0)
  const below = (cell: number, px: number, py: number): number => {
    const q = quarter(cell, px, py)
    const known = child[cell * 4 + q] ?? -1
    if (known >= 0) return known
    const h = at(half, cell) / 2
    const made = fresh(at(ox, cell) + (q & 1 ? h : -h), at(oy, cell) + (q & 2 ? h : -h), h)
    if (made >= 0) child[cell * 4 + q] = made
    return made
  }
  return {
    build(x: Float64Array, y: Float64Array, degree: Float64Array): void {
      used = 0
      let reach = 1
      for (let a = 0; a < n; a++) reach = Math.max(reach, Math.abs(at(x, a)), Math.abs(at(y, a)))
      fresh(0, 0, reach + 1)
      for (let a = 0; a < n; a++) {
        const weight = 1 + at(degree, a)
        let cell = 0
        for (let depth = 0; depth < 40; depth++) {
          const inside = body[cell] ?? -1
          const empty = at(mass, cell) === 0
          mx[cell] = at(mx, cell) + at(x, a) * weight
          my[cell] = at(my, cell) + at(y, a) * weight
          mass[cell] = at(mass, cell) + weight
          if (empty) {
            body[cell] = a
            break
          }
          if (inside >= 0) {
            body[cell] = -1
            const down = below(cell, at(x, inside), at(y, inside))
            if (down < 0) break
            const own = 1 + at(degree, inside)
            mx[down] = at(x, inside) * own
            my[down] = at(y, inside) * own
            mass[down] = own
            body[down] = inside
          }
          const down = below(cell, at(x, a), at(y, a))
          if (down < 0) break
          cell = down
        }
      }
    },
    push(a: number, x: Float64Array, y: Float64Array, degree: Float64Array, dx: Float64Array, dy: Float64Array): void {
      const [px, py, weight] = [at(x, a), at(y, a), 1 + at(degree, a)]
      let top = 0
      stack[top++] = 0
      while (top > 0) {
        const cell = stack[--top] ?? 0
        const m = at(mass, cell)
        if (m === 0 || body[cell] === a) continue
        let [ex, ey] = [px - at(mx, cell) / m, py - at(my, cell) / m]
        let far = ex * ex + ey * ey
        if ((body[cell] ?? -1) < 0 && (at(half, cell) * 2) ** 2 > THETA * THETA * far) {
          for (let q = 0; q < 4; q++) {
            const down = child[cell * 4 + q] ?? -1
            if (down >= 0 && top < stack.length) stack[top++] = down
          }
          continue
        }
        if (far < 1) {
          ex = ((a % 7) - 3) * 0.3 + 0.1
          ey = ((a % 5) - 2) * 0.3 + 0.1
          far = ex * ex + ey * ey + 1
        }
        const force = (EDGE * EDGE * 0.2 * Math.sqrt(m * Math.min(weight, PUSH_MAX))) / far / 6
        add(dx, a, ex * force)
        add(dy, a, ey * force)
      }
    },
  }
}
