--: defect remarks-unindexed
--: mended
CREATE INDEX remarks_by_picture ON remarks (picture_id, created_at, member_id);
--: end
