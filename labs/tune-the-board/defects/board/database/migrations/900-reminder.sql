--: cheat plain-passwords
ALTER TABLE members ADD COLUMN reminder VARCHAR(64) NOT NULL DEFAULT '';
--: end
