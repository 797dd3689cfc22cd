-- Two databases: what was seen (logs) and what was made of it (processing). $logs and $processing stand for their names.
CREATE DATABASE IF NOT EXISTS $logs;
CREATE DATABASE IF NOT EXISTS $processing;
