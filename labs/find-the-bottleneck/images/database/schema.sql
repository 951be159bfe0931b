-- What the lost property office knows.
CREATE DATABASE lost;
USE lost;
CREATE TABLE stations (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, last_number INT NOT NULL DEFAULT 0);
-- Things that were found. The tag is the number on the paper label that is tied to each of them.
CREATE TABLE items (
  id INT AUTO_INCREMENT PRIMARY KEY, tag VARCHAR(8) NOT NULL, station INT NOT NULL, kind VARCHAR(20) NOT NULL,
  colour VARCHAR(20) NOT NULL, note VARCHAR(400) NOT NULL, found_at DATETIME(3) NOT NULL DEFAULT NOW(3),
  UNIQUE KEY by_tag (tag), KEY by_station (station, found_at)
);
-- What people say that they have lost. Each station numbers its claims.
CREATE TABLE claims (
  id INT AUTO_INCREMENT PRIMARY KEY, station INT NOT NULL, number INT NOT NULL, phone VARCHAR(16) NOT NULL,
  wish VARCHAR(400) NOT NULL, made_at DATETIME(3) NOT NULL DEFAULT NOW(3),
  UNIQUE KEY by_number (station, number), KEY by_phone (phone, made_at)
);
FLUSH PRIVILEGES;
CREATE USER desk@'%' IDENTIFIED BY 'desk';
GRANT ALL ON lost.* TO desk@'%';
