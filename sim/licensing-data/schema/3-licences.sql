-- Operators, what they were allowed, and with what they drive.

CREATE TABLE organisation (
  id INT NOT NULL AUTO_INCREMENT,
  name VARCHAR(160) DEFAULT NULL,
  name_search VARCHAR(160) GENERATED ALWAYS AS (LOWER(name)) VIRTUAL,
  company_or_llp_no VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  type VARCHAR(32) NOT NULL,
  contact_details_id INT DEFAULT NULL,
  lead_tc_area_id CHAR(1) DEFAULT NULL,
  parent_id INT DEFAULT NULL,
  allow_email TINYINT(1) NOT NULL DEFAULT 1,
  created_on DATETIME DEFAULT NULL,
  last_modified_on DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY uk_organisation_company_no (company_or_llp_no),
  CONSTRAINT fk_organisation_type FOREIGN KEY (type) REFERENCES ref_data (id),
  CONSTRAINT fk_organisation_contact_details FOREIGN KEY (contact_details_id) REFERENCES contact_details (id) ON DELETE SET NULL,
  CONSTRAINT fk_organisation_area FOREIGN KEY (lead_tc_area_id) REFERENCES traffic_area (id),
  CONSTRAINT fk_organisation_parent FOREIGN KEY (parent_id) REFERENCES organisation (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE organisation_person (
  organisation_id INT NOT NULL,
  person_id INT NOT NULL,
  position VARCHAR(45) DEFAULT NULL,
  PRIMARY KEY (organisation_id, person_id),
  CONSTRAINT fk_organisation_person_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE,
  CONSTRAINT fk_organisation_person_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE organisation_user (
  organisation_id INT NOT NULL,
  user_id INT NOT NULL,
  is_administrator TINYINT(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (organisation_id, user_id),
  CONSTRAINT fk_organisation_user_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE,
  CONSTRAINT fk_organisation_user_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE licence (
  id INT NOT NULL AUTO_INCREMENT,
  lic_no VARCHAR(18) DEFAULT NULL,
  organisation_id INT NOT NULL,
  status VARCHAR(32) NOT NULL,
  goods_or_psv ENUM('goods','psv') NOT NULL,
  traffic_area_id CHAR(1) DEFAULT NULL,
  correspondence_cd_id INT DEFAULT NULL,
  tot_auth_vehicles SMALLINT UNSIGNED DEFAULT NULL,
  tachograph_ins_name VARCHAR(90) DEFAULT NULL,
  granted_date DATE DEFAULT NULL,
  expiry_date DATE DEFAULT NULL,
  created_on DATETIME DEFAULT NULL,
  last_modified_on DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY uk_licence_lic_no (lic_no),
  CONSTRAINT fk_licence_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT,
  CONSTRAINT fk_licence_status FOREIGN KEY (status) REFERENCES ref_data (id),
  CONSTRAINT fk_licence_area FOREIGN KEY (traffic_area_id) REFERENCES traffic_area (id),
  CONSTRAINT fk_licence_correspondence FOREIGN KEY (correspondence_cd_id) REFERENCES contact_details (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE trading_name (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  name VARCHAR(160) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_trading_name (licence_id, name),
  CONSTRAINT fk_trading_name_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE company_subsidiary (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  company_no VARCHAR(12) DEFAULT NULL,
  name VARCHAR(70) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_company_subsidiary_licence FOREIGN KEY (licence_id) REFERENCES licence (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE change_of_entity (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  old_licence_no VARCHAR(18) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  old_organisation_name VARCHAR(160) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_change_of_entity_licence FOREIGN KEY (licence_id) REFERENCES licence (id),
  CONSTRAINT fk_change_of_entity_old FOREIGN KEY (old_licence_no) REFERENCES licence (lic_no) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE application (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  status VARCHAR(32) NOT NULL,
  is_variation TINYINT(1) NOT NULL DEFAULT 0,
  prev_conviction TINYINT(1) DEFAULT NULL,
  insolvency_details TEXT,
  psv_no_small_vhl_confirmation VARCHAR(255) DEFAULT NULL,
  interim_reason VARCHAR(1000) DEFAULT NULL,
  received_date DATETIME DEFAULT NULL,
  last_modified_on DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  CONSTRAINT fk_application_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE RESTRICT,
  CONSTRAINT fk_application_status FOREIGN KEY (status) REFERENCES ref_data (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE operating_centre (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  address_id INT NOT NULL,
  ad_placed_in VARCHAR(70) DEFAULT NULL,
  vi_action CHAR(1) DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_operating_centre_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE CASCADE,
  CONSTRAINT fk_operating_centre_address FOREIGN KEY (address_id) REFERENCES address (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE transport_manager_licence (
  licence_id INT NOT NULL,
  transport_manager_id INT NOT NULL,
  additional_information TEXT,
  PRIMARY KEY (licence_id, transport_manager_id),
  CONSTRAINT fk_tml_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE CASCADE,
  CONSTRAINT fk_tml_tm FOREIGN KEY (transport_manager_id) REFERENCES transport_manager (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE transport_manager_hours (
  licence_id INT NOT NULL,
  transport_manager_id INT NOT NULL,
  day_of_week ENUM('mon','tue','wed','thu','fri','sat','sun') NOT NULL,
  hours DECIMAL(3,1) NOT NULL,
  PRIMARY KEY (licence_id, transport_manager_id, day_of_week),
  CONSTRAINT fk_tmh_tml FOREIGN KEY (licence_id, transport_manager_id)
    REFERENCES transport_manager_licence (licence_id, transport_manager_id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE vehicle (
  id INT NOT NULL AUTO_INCREMENT,
  vrm VARCHAR(20) NOT NULL,
  country_code CHAR(2) CHARACTER SET latin1 NOT NULL DEFAULT 'GB',
  plated_weight MEDIUMINT UNSIGNED DEFAULT NULL,
  certificate_no VARCHAR(50) DEFAULT NULL,
  vi_action CHAR(1) DEFAULT NULL,
  created_on DATETIME DEFAULT NULL,
  last_modified_on DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY uk_vehicle_vrm (vrm),
  CONSTRAINT fk_vehicle_country FOREIGN KEY (country_code) REFERENCES country (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE licence_vehicle (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  vehicle_id INT NOT NULL,
  specified_date DATETIME DEFAULT NULL,
  removal_date DATETIME DEFAULT NULL,
  version SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  CONSTRAINT fk_licence_vehicle_licence FOREIGN KEY (licence_id) REFERENCES licence (id) ON DELETE CASCADE,
  CONSTRAINT fk_licence_vehicle_vehicle FOREIGN KEY (vehicle_id) REFERENCES vehicle (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE bus_reg (
  id INT NOT NULL AUTO_INCREMENT,
  licence_id INT NOT NULL,
  parent_id INT DEFAULT NULL,
  reg_no VARCHAR(70) NOT NULL,
  variation_no SMALLINT NOT NULL DEFAULT 0,
  start_point VARCHAR(100) DEFAULT NULL,
  finish_point VARCHAR(100) DEFAULT NULL,
  via VARCHAR(255) DEFAULT NULL,
  other_details VARCHAR(800) DEFAULT NULL,
  reason_cancelled VARCHAR(255) DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY uk_bus_reg_no (reg_no, variation_no),
  CONSTRAINT fk_bus_reg_licence FOREIGN KEY (licence_id) REFERENCES licence (id),
  CONSTRAINT fk_bus_reg_parent FOREIGN KEY (parent_id) REFERENCES bus_reg (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE ebsr_submission (
  id INT NOT NULL AUTO_INCREMENT,
  bus_reg_id INT DEFAULT NULL,
  organisation_email_address VARCHAR(100) DEFAULT NULL,
  ebsr_submission_result MEDIUMTEXT,
  submitted_date DATETIME(6) DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT fk_ebsr_submission_bus_reg FOREIGN KEY (bus_reg_id) REFERENCES bus_reg (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
