--: defect pictures-unindexed
--: mended
CREATE INDEX pictures_by_time ON pictures (created_at);
CREATE INDEX pictures_by_member ON pictures (member_id, created_at);
--: end
