-- 服务站点, from 启用 to 关闭, cut in two at 验收 because 上图率 is judged on accepted stations only.
WITH phase AS (
  SELECT station_no, opened_on AS from_on, COALESCE(accepted_on, closed_on) AS to_on, 0 AS is_accepted
  FROM src_station
  WHERE closed_on IS NULL OR accepted_on IS NULL OR accepted_on <= closed_on
  UNION ALL
  SELECT station_no, opened_on AS from_on, closed_on AS to_on, 0 AS is_accepted
  FROM src_station
  WHERE accepted_on > closed_on
  UNION ALL
  SELECT station_no, accepted_on AS from_on, closed_on AS to_on, 1 AS is_accepted
  FROM src_station
  WHERE accepted_on IS NOT NULL
)
SELECT
  p.from_on, p.to_on, s.town, s.type AS station_type, s.provision, s.venue, s.nef, s.open_24h,
  CAST(1 AS BIGINT) AS open,
  CAST(CASE WHEN s.type = 'benchmark' THEN 1 ELSE 0 END AS BIGINT) AS benchmark,
  CAST(CASE WHEN s.type = 'h24' THEN 1 ELSE 0 END AS BIGINT) AS h24,
  CAST(p.is_accepted AS BIGINT) AS accepted,
  CAST(CASE WHEN s.on_gaode = 'yes' OR s.on_baidu = 'yes' OR s.on_tencent = 'yes' THEN p.is_accepted ELSE 0 END AS BIGINT)
    AS mapped,
  s.station_no, s.name, s.lon_wgs84 AS lon, s.lat_wgs84 AS lat, s.area_m2, s.open_hours, s.facilities,
  s.on_gaode, s.on_baidu, s.on_tencent, s.opened_on, s.accepted_on, s.closed_on, s.file, s.sheet, s.row_no
FROM phase AS p
INNER JOIN src_station AS s ON s.station_no = p.station_no
WHERE p.to_on IS NULL OR p.to_on > p.from_on
ORDER BY p.from_on, s.town, s.station_no
