/** What may still be kept in memory, in bytes: a part of a larger room, which several share. */
export type Room = { bytes: number; readonly of: Room | null }

export const newRoom = (bytes: number, of: Room | null = null): Room => ({ bytes, of })

/** Whether there is any room left; what is taken then may go a little beyond. */
export const hasRoom = (room: Room): boolean => room.bytes > 0 && (room.of === null || hasRoom(room.of))

export function take(room: Room, bytes: number): void {
  room.bytes -= bytes
  if (room.of !== null) take(room.of, bytes)
}
