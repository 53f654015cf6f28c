import type { User } from './session';

/** A verb on a kind of object, as the server names it. */
export type Permission = `${'read' | 'write' | 'operate'}:${string}`;

/** Whether a button may be offered. The server decides anyway; this only spares people a refusal. */
export function may(user: User, permission: Permission): boolean {
  return user.permissions.includes(permission);
}
