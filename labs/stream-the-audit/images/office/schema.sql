-- The clinic's tables, and the people who may look at them. Nothing happens to what is there already.
CREATE DATABASE IF NOT EXISTS @clinic@ CHARACTER SET utf8mb4;
USE @clinic@;
CREATE TABLE IF NOT EXISTS patients (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40), born DATE);
CREATE TABLE IF NOT EXISTS patients_archive LIKE patients;
CREATE TABLE IF NOT EXISTS visits (id INT PRIMARY KEY AUTO_INCREMENT, patient INT, day DATE, note VARCHAR(200));
CREATE TABLE IF NOT EXISTS 予約 (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40), at DATETIME);
CREATE TABLE IF NOT EXISTS portal (name VARCHAR(40) PRIMARY KEY, pin VARCHAR(80));
INSERT IGNORE INTO patients VALUES (1, '高橋 実', '1958-03-02'), (2, '森 さくら', '1990-11-23'), (3, 'Oya Ken', '2015-07-30');
INSERT IGNORE INTO visits VALUES (1, 1, '2026-04-02', '血圧'), (2, 3, '2026-04-02', '予防接種');
INSERT IGNORE INTO 予約 VALUES (1, '森 さくら', '2026-05-01 09:30:00');
INSERT IGNORE INTO portal VALUES ('高橋 実', '4711'), ('森 さくら', '2718');
CREATE USER IF NOT EXISTS kaori@'%' IDENTIFIED BY 'kaori';
CREATE USER IF NOT EXISTS naoki@'%' IDENTIFIED BY 'naoki';
CREATE USER IF NOT EXISTS '小野'@'%' IDENTIFIED BY 'ono';
CREATE USER IF NOT EXISTS portal@'%' IDENTIFIED BY 'portal';
GRANT SELECT, INSERT, UPDATE, DELETE ON @clinic@.* TO kaori@'%', naoki@'%', '小野'@'%', portal@'%';
