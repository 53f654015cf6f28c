-- The last position that was dropped from an inbox, or ''.
-- ARGV: incarnation, inbox
if redis.call('GET', KEYS[1] .. 'incarnation') ~= ARGV[1] then
  return redis.error_reply('LOGLOST the log has another incarnation')
end
return redis.call('HGET', KEYS[1] .. 'meta:' .. ARGV[2], 'trimmed') or ''
