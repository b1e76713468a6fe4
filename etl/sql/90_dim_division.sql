-- Towns of the root city.
SELECT town, town_name, town_kind, county, county_name, city, city_name
FROM src_division
ORDER BY town
