-- 站点服务人次, on the last day of the month reported.
SELECT
  v.month_end AS day, s.town, s.type AS station_type, v.count_method, v.visits, v.activities,
  s.station_no, s.name, v.file, v.sheet, v.row_no
FROM src_station_visit AS v
INNER JOIN src_station AS s ON s.station_no = v.station_no
ORDER BY v.month_end, s.town, s.station_no
