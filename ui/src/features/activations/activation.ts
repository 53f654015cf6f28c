import type { Activation, Order } from './queries';

/** What a person may tell an activation to do now. */
export function ordersFor(activation: Pick<Activation, 'is_enabled' | 'status'>): readonly Order[] {
  if (!activation.is_enabled) return activation.status === 'stopping' ? [] : ['enable'];
  return ['restart', 'disable'];
}

/** Variables as they are read best; text that is no JSON stays as it is. */
export function variablesOf(extraVar: string): unknown {
  if (!extraVar.trim()) return {};
  try {
    return JSON.parse(extraVar) as unknown;
  } catch {
    return extraVar;
  }
}
