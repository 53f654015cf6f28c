-- Opens an incarnation in an empty log. Answers what the log has afterwards.
-- ARGV: incarnation
redis.call('SETNX', KEYS[1] .. 'incarnation', ARGV[1])
return redis.call('GET', KEYS[1] .. 'incarnation')
