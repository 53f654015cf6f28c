import { describe, expect, it } from 'vitest';
import { ordersFor, variablesOf } from './activation';

describe('an activation', () => {
  it('can be stopped or restarted while it is enabled, even when it failed', () => {
    expect(ordersFor({ is_enabled: true, status: 'running' })).toEqual(['restart', 'disable']);
    expect(ordersFor({ is_enabled: true, status: 'failed' })).toEqual(['restart', 'disable']);
  });

  it('can only be enabled while it is disabled, and not before it stopped', () => {
    expect(ordersFor({ is_enabled: false, status: 'stopped' })).toEqual(['enable']);
    expect(ordersFor({ is_enabled: false, status: 'stopping' })).toEqual([]);
  });

  it('shows variables that are no JSON as they were written', () => {
    expect(variablesOf('{"limit": 3}')).toEqual({ limit: 3 });
    expect(variablesOf('limit: 3')).toBe('limit: 3');
    expect(variablesOf('')).toEqual({});
  });
});
