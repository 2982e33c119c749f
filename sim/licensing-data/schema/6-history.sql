-- What a row was before it changed; written by triggers, read by nobody but auditors.

CREATE TABLE person_hist (
  hist_id INT NOT NULL AUTO_INCREMENT,
  hist_mode ENUM('U','D') NOT NULL,
  hist_on DATETIME NOT NULL,
  id INT NOT NULL,
  title VARCHAR(32) DEFAULT NULL,
  forename VARCHAR(35) DEFAULT NULL,
  family_name VARCHAR(35) DEFAULT NULL,
  other_name VARCHAR(35) DEFAULT NULL,
  birth_date DATE DEFAULT NULL,
  birth_place VARCHAR(35) DEFAULT NULL,
  ni_number VARCHAR(13) DEFAULT NULL,
  PRIMARY KEY (hist_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE address_hist (
  hist_id INT NOT NULL AUTO_INCREMENT,
  hist_mode ENUM('U','D') NOT NULL,
  hist_on DATETIME NOT NULL,
  id INT NOT NULL,
  saon_desc VARCHAR(90) DEFAULT NULL,
  paon_desc VARCHAR(90) DEFAULT NULL,
  street VARCHAR(100) DEFAULT NULL,
  locality VARCHAR(35) DEFAULT NULL,
  town VARCHAR(30) DEFAULT NULL,
  postcode VARCHAR(8) DEFAULT NULL,
  PRIMARY KEY (hist_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE contact_details_hist (
  hist_id INT NOT NULL AUTO_INCREMENT,
  hist_mode ENUM('U','D') NOT NULL,
  hist_on DATETIME NOT NULL,
  id INT NOT NULL,
  fao VARCHAR(90) DEFAULT NULL,
  email_address VARCHAR(255) DEFAULT NULL,
  description VARCHAR(255) DEFAULT NULL,
  PRIMARY KEY (hist_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE licence_hist (
  hist_id INT NOT NULL AUTO_INCREMENT,
  hist_mode ENUM('U','D') NOT NULL,
  hist_on DATETIME NOT NULL,
  id INT NOT NULL,
  lic_no VARCHAR(18) DEFAULT NULL,
  status VARCHAR(32) DEFAULT NULL,
  tachograph_ins_name VARCHAR(90) DEFAULT NULL,
  PRIMARY KEY (hist_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE vehicle_hist (
  hist_id INT NOT NULL AUTO_INCREMENT,
  hist_mode ENUM('U','D') NOT NULL,
  hist_on DATETIME NOT NULL,
  id INT NOT NULL,
  vrm VARCHAR(20) DEFAULT NULL,
  certificate_no VARCHAR(50) DEFAULT NULL,
  PRIMARY KEY (hist_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE user_hist (
  hist_id INT NOT NULL AUTO_INCREMENT,
  hist_mode ENUM('U','D') NOT NULL,
  hist_on DATETIME NOT NULL,
  id INT NOT NULL,
  login_id VARCHAR(40) DEFAULT NULL,
  email_address VARCHAR(255) DEFAULT NULL,
  PRIMARY KEY (hist_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TRIGGER person_au AFTER UPDATE ON person FOR EACH ROW
  INSERT INTO person_hist (hist_mode, hist_on, id, title, forename, family_name, other_name, birth_date, birth_place, ni_number)
  VALUES ('U', NOW(), OLD.id, OLD.title, OLD.forename, OLD.family_name, OLD.other_name, OLD.birth_date, OLD.birth_place, OLD.ni_number);

CREATE TRIGGER person_ad AFTER DELETE ON person FOR EACH ROW
  INSERT INTO person_hist (hist_mode, hist_on, id, title, forename, family_name, other_name, birth_date, birth_place, ni_number)
  VALUES ('D', NOW(), OLD.id, OLD.title, OLD.forename, OLD.family_name, OLD.other_name, OLD.birth_date, OLD.birth_place, OLD.ni_number);

CREATE TRIGGER address_au AFTER UPDATE ON address FOR EACH ROW
  INSERT INTO address_hist (hist_mode, hist_on, id, saon_desc, paon_desc, street, locality, town, postcode)
  VALUES ('U', NOW(), OLD.id, OLD.saon_desc, OLD.paon_desc, OLD.street, OLD.locality, OLD.town, OLD.postcode);

CREATE TRIGGER contact_details_au AFTER UPDATE ON contact_details FOR EACH ROW
  INSERT INTO contact_details_hist (hist_mode, hist_on, id, fao, email_address, description)
  VALUES ('U', NOW(), OLD.id, OLD.fao, OLD.email_address, OLD.description);

CREATE TRIGGER licence_bu BEFORE UPDATE ON licence FOR EACH ROW
BEGIN
  SET NEW.version = OLD.version + 1;
  INSERT INTO licence_hist (hist_mode, hist_on, id, lic_no, status, tachograph_ins_name)
  VALUES ('U', NOW(), OLD.id, OLD.lic_no, OLD.status, OLD.tachograph_ins_name);
END;

CREATE TRIGGER vehicle_au AFTER UPDATE ON vehicle FOR EACH ROW
  INSERT INTO vehicle_hist (hist_mode, hist_on, id, vrm, certificate_no)
  VALUES ('U', NOW(), OLD.id, OLD.vrm, OLD.certificate_no);

CREATE TRIGGER user_au AFTER UPDATE ON user FOR EACH ROW
  INSERT INTO user_hist (hist_mode, hist_on, id, login_id, email_address)
  VALUES ('U', NOW(), OLD.id, OLD.login_id, OLD.email_address);

CREATE VIEW licence_search AS
  SELECT licence.id, licence.lic_no, licence.status, organisation.name AS organisation_name, address.postcode
  FROM licence
  JOIN organisation ON organisation.id = licence.organisation_id
  LEFT JOIN contact_details ON contact_details.id = licence.correspondence_cd_id
  LEFT JOIN address ON address.id = contact_details.address_id;

CREATE VIEW person_search AS
  SELECT person.id, person.forename, person.family_name, contact_details.email_address
  FROM person LEFT JOIN contact_details ON contact_details.person_id = person.id;
