--: defect counters-by-scan
--: mended
CREATE INDEX remarks_by_member ON remarks (member_id);
--: end
