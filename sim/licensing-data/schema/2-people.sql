-- Who there is, where they live, and how they are reached.

CREATE TABLE person (
  id INT NOT NULL AUTO_INCREMENT,
  title VARCHAR(32) DEFAULT NULL,
  forename VARCHAR(35) DEFAULT NULL,
  family_name VARCHAR(35) DEFAULT NULL,
  other_name VARCHAR(35) DEFAULT NULL,
  birth_date DATE DEFAULT NULL,
  birth_place VARCHAR(35) DEFAULT NULL,
  ni_number VARCHAR(13) DEFAULT NULL,
  initials VARCHAR(2) GENERATED ALWAYS AS (CONCAT(LEFT(forename, 1), LEFT(family_name, 1))) STORED,
  deleted_date DATETIME DEFAULT NULL,
  created_on DATETIME DEFAULT NULL,
  last_modified_on DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY ix_person_family_name (family_name),
  CONSTRAINT fk_person_title FOREIGN KEY (title) REFERENCES ref_data (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE address (
  id INT NOT NULL AUTO_INCREMENT,
  saon_desc VARCHAR(90) DEFAULT NULL,
  paon_desc VARCHAR(90) DEFAULT NULL,
  street VARCHAR(100) DEFAULT NULL,
  locality VARCHAR(35) DEFAULT NULL,
  town VARCHAR(30) DEFAULT NULL,
  postcode VARCHAR(8) DEFAULT NULL,
  outward_code VARCHAR(8) GENERATED ALWAYS AS (SUBSTRING_INDEX(postcode, ' ', 1)) VIRTUAL,
  country_code CHAR(2) CHARACTER SET latin1 DEFAULT NULL,
  uprn BIGINT UNSIGNED DEFAULT NULL,
  created_on DATETIME DEFAULT NULL,
  last_modified_on DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY ix_address_postcode (postcode),
  KEY ix_address_outward_code (outward_code),
  CONSTRAINT fk_address_country FOREIGN KEY (country_code) REFERENCES country (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE contact_details (
  id INT NOT NULL AUTO_INCREMENT,
  contact_type VARCHAR(32) NOT NULL,
  person_id INT DEFAULT NULL,
  address_id INT DEFAULT NULL,
  fao VARCHAR(90) DEFAULT NULL,
  email_address VARCHAR(255) DEFAULT NULL,
  description VARCHAR(255) DEFAULT NULL,
  written_permission TINYINT(1) NOT NULL DEFAULT 0,
  created_on DATETIME DEFAULT NULL,
  last_modified_on DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY ix_contact_details_email_address (email_address),
  CONSTRAINT fk_contact_details_type FOREIGN KEY (contact_type) REFERENCES ref_data (id),
  CONSTRAINT fk_contact_details_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE SET NULL,
  CONSTRAINT fk_contact_details_address FOREIGN KEY (address_id) REFERENCES address (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE phone_contact (
  id INT NOT NULL AUTO_INCREMENT,
  contact_details_id INT NOT NULL,
  phone_contact_type VARCHAR(32) NOT NULL,
  phone_number VARCHAR(45) DEFAULT NULL,
  details VARCHAR(45) DEFAULT NULL,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  CONSTRAINT fk_phone_contact_details FOREIGN KEY (contact_details_id) REFERENCES contact_details (id) ON DELETE CASCADE,
  CONSTRAINT fk_phone_contact_type FOREIGN KEY (phone_contact_type) REFERENCES ref_data (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE transport_manager (
  id INT NOT NULL AUTO_INCREMENT,
  tm_status VARCHAR(32) NOT NULL,
  home_cd_id INT DEFAULT NULL,
  work_cd_id INT DEFAULT NULL,
  merge_to_transport_manager_id INT DEFAULT NULL,
  removal_reason TEXT,
  removed_date DATETIME DEFAULT NULL,
  sounds_like CHAR(20) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  CONSTRAINT fk_transport_manager_status FOREIGN KEY (tm_status) REFERENCES ref_data (id),
  CONSTRAINT fk_transport_manager_home FOREIGN KEY (home_cd_id) REFERENCES contact_details (id) ON DELETE SET NULL,
  CONSTRAINT fk_transport_manager_work FOREIGN KEY (work_cd_id) REFERENCES contact_details (id) ON DELETE SET NULL,
  CONSTRAINT fk_transport_manager_merge FOREIGN KEY (merge_to_transport_manager_id) REFERENCES transport_manager (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE tm_qualification (
  id INT NOT NULL AUTO_INCREMENT,
  transport_manager_id INT NOT NULL,
  qualification_type ENUM('CPCSI','CPCSN','AR','NIAR') NOT NULL,
  serial_no VARCHAR(20) DEFAULT NULL,
  issued_date DATE DEFAULT NULL,
  country_code CHAR(2) CHARACTER SET latin1 NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_tm_qualification_serial (qualification_type, serial_no),
  CONSTRAINT fk_tm_qualification_tm FOREIGN KEY (transport_manager_id) REFERENCES transport_manager (id) ON DELETE CASCADE,
  CONSTRAINT fk_tm_qualification_country FOREIGN KEY (country_code) REFERENCES country (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE user (
  id INT NOT NULL AUTO_INCREMENT,
  login_id VARCHAR(40) NOT NULL,
  pid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  email_address VARCHAR(255) DEFAULT NULL,
  team_id INT DEFAULT NULL,
  contact_details_id INT DEFAULT NULL,
  transport_manager_id INT DEFAULT NULL,
  password_hash VARBINARY(60) DEFAULT NULL,
  translate_to_welsh TINYINT(1) NOT NULL DEFAULT 0,
  last_login_at TIMESTAMP NULL DEFAULT NULL,
  last_modified_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY uk_user_login_id (login_id),
  UNIQUE KEY uk_user_pid (pid),
  UNIQUE KEY uk_user_email_address (email_address),
  CONSTRAINT fk_user_team FOREIGN KEY (team_id) REFERENCES team (id) ON DELETE SET NULL,
  CONSTRAINT fk_user_contact_details FOREIGN KEY (contact_details_id) REFERENCES contact_details (id) ON DELETE RESTRICT,
  CONSTRAINT fk_user_transport_manager FOREIGN KEY (transport_manager_id) REFERENCES transport_manager (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
