import type { IocScope, IocType } from '#contract/values'

/** An indicator inside a text: where it stands (UTF-16 units, end exclusive) and its re-fanged, normalised value. */
export type FoundIoc = { type: IocType; value: string; start: number; end: number }

/** An indicator that fills a whole cell, normalised. */
export type CellIoc = { type: IocType; value: string }

export function findIocs(text: string): FoundIoc[] {
  void text
  return []
}

export function iocOfCell(text: string): IocType | null {
  void text
  return null
}

/** The normalised host name of a cell in a hostname column, or null where the cell holds none. */
export function hostnameOfCell(text: string): string | null {
  void text
  return null
}

export function iocScope(type: IocType, value: string): IocScope {
  void type, value
  return 'public'
}
