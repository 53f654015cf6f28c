-- The inbox gets the events of exactly these streams.
-- ARGV: incarnation, or '' to unbind whatever the log is; inbox; streams
local prefix, inbox = KEYS[1], ARGV[2]
if ARGV[1] ~= '' and redis.call('GET', prefix .. 'incarnation') ~= ARGV[1] then
  return redis.error_reply('LOGLOST the log has another incarnation')
end
local bound = prefix .. 'bound:' .. inbox
for _, stream in ipairs(redis.call('SMEMBERS', bound)) do
  redis.call('SREM', prefix .. 'bindings:' .. stream, inbox)
end
redis.call('DEL', bound)
for n = 3, #ARGV do
  redis.call('SADD', bound, ARGV[n])
  redis.call('SADD', prefix .. 'bindings:' .. ARGV[n], inbox)
end
return redis.status_reply('OK')
