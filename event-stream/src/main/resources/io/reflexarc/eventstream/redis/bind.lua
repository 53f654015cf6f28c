-- The inbox gets the events of exactly these streams, unless a later owner has said what it gets.
-- ARGV: incarnation, or '' to unbind whatever the log is; inbox; the owner's epoch, 0 for nobody; streams
-- Answers 1, or 0 when a later owner was here.
local prefix, inbox = KEYS[1], ARGV[2]
if ARGV[1] ~= '' and redis.call('GET', prefix .. 'incarnation') ~= ARGV[1] then
  return redis.error_reply('LOGLOST the log has another incarnation')
end
local meta, epoch = prefix .. 'meta:' .. inbox, tonumber(ARGV[3])
if epoch > 0 then
  if tonumber(redis.call('HGET', meta, 'owner') or 0) > epoch then return 0 end
  redis.call('HSET', meta, 'owner', ARGV[3])
end
local bound = prefix .. 'bound:' .. inbox
for _, stream in ipairs(redis.call('SMEMBERS', bound)) do
  redis.call('SREM', prefix .. 'bindings:' .. stream, inbox)
end
redis.call('DEL', bound)
for n = 4, #ARGV do
  redis.call('SADD', bound, ARGV[n])
  redis.call('SADD', prefix .. 'bindings:' .. ARGV[n], inbox)
end
return 1
