//! The columns of people, units and chains, and what exports call them. Names are compared without
//! case, spaces and punctuation; earlier ones win.

use throughline_lake::RowField;

const fn field(name: &'static str, aliases: &'static [&'static str], needed: bool) -> RowField {
    RowField {
        name,
        aliases,
        numbered: false,
        needed,
    }
}

pub(super) const ID: usize = 0;
pub(super) const EMAIL: usize = 1;
pub(super) const MANAGER_ID: usize = 2;
pub(super) const MANAGER_EMAIL: usize = 3;
pub(super) const MANAGER: usize = 4;
pub(super) const LEVELS: usize = 5;
pub(super) const UNIT: usize = 6;
pub(super) const ROLE: usize = 7;
pub(super) const LANGUAGE: usize = 8;
pub(super) const STATUS: usize = 9;

#[rustfmt::skip]
pub(super) static PEOPLE: [RowField; 10] = [
    field("the employee's id", &[
        "employeeid", "employeenumber", "employeeno", "empid", "empno", "empnumber", "workernumber", "employeenr", "staffid",
        "staffnumber", "workerid", "personid", "personnumber", "personnelnumber", "personnelid",
        "payrollnumber", "payrollid", "associateid", "uniqueemployeeid", "uniqueidentifier",
        "uniqueid", "externalid", "participantid", "userid", "hrid", "id", "personalnummer",
        "mitarbeiternummer", "matricule", "numérodematricule", "legajo", "númerodeempleado",
        "numerodeempleado", "iddeempleado",
    ], true),
    field("the e-mail address", &[
        "email", "emailaddress", "workemail", "workemailaddress", "emailwork", "businessemail",
        "emailprimarywork", "emailaddresswork", "emailaddressprimarywork",
        "primaryworkemail", "primaryemail", "companyemail", "corporateemail", "employeeemail",
        "useremail", "mail", "emailid", "correo", "correoelectrónico", "correoelectronico",
        "courriel", "adressemail", "mailadresse", "emailadresse",
    ], false),
    field("the manager's id", &[
        "managerid", "manageremployeeid", "managersid", "managersemployeeid", "managernumber",
        "manageremployeenumber", "managerempid", "managerworkerid", "managerpersonid",
        "manageruniqueidentifier", "manageruserid", "supervisorid", "supervisoremployeeid",
        "linemanagerid", "reportstoid", "reportingmanagerid", "directmanagerid", "workersmanagerid",
        "reportstoemployeeid", "reportstoemployeenumber", "reportstonumber", "reportingtoid",
        "reportingtoemployeeid", "reportingtonumber", "supervisornumber", "workersmanageremployeeid",
    ], false),
    field("the manager's e-mail address", &[
        "manageremail", "manageremailaddress", "managersemail", "managersemailaddress",
        "managerworkemail", "supervisoremail", "linemanageremail", "reportstoemail",
        "reportingmanageremail", "directmanageremail", "reportingtoemail", "workersmanageremail",
        "managerprimaryworkemail", "reportstoworkemail",
    ], false),
    field("the manager", &[
        "manager", "reportsto", "reportingto", "supervisor", "linemanager", "directmanager",
        "reportingmanager", "workersmanager", "vorgesetzter",
    ], false),
    RowField {
        name: "levels",
        aliases: &[
            "level", "lvl", "orglevel", "organizationlevel", "organisationlevel", "hierarchylevel",
            "departmentlevel", "unitlevel", "orgunitlevel", "supervisoryorglevel", "hierarchy",
            "nivel", "niveau", "ebene",
        ],
        numbered: true,
        needed: false,
    },
    field("the unit", &[
        "unit", "unitname", "orgunit", "orgunitname", "organizationalunit", "organisationalunit",
        "team", "teamname", "department", "departmentname", "dept", "deptname",
        "supervisoryorganization", "supervisoryorganisation", "homedepartment", "branch",
        "branchname", "store", "storename", "subdepartment", "section", "businessunit", "division",
        "costcentername", "costcentrename", "costcenter", "costcentre", "location", "locationname", "site", "worklocation",
        "abteilung", "departamento", "département", "departement", "service", "área", "area",
    ], false),
    field("the role", &[
        "role", "rolename", "jobtitle", "title", "job", "jobname", "jobrole", "position",
        "positiontitle", "positionname", "businesstitle", "occupation", "jobprofile", "jobfamily",
        "puesto", "cargo", "poste", "stelle", "funktion",
    ], false),
    field("the language", &[
        "language", "preferredlanguage", "worklanguage", "lang", "languagecode", "locale", "surveylanguage",
        "communicationlanguage", "correspondencelanguage", "idioma", "langue", "sprache",
    ], false),
    field("the status", &[
        "status", "employeestatus", "employmentstatus", "workerstatus", "activestatus",
        "assignmentstatus", "personstatus", "active", "isactive", "currentlyactive", "estado",
    ], false),
];

/// What exports call a column of managers' names. Names are never read, so these tell of nobody.
#[rustfmt::skip]
pub(super) static MANAGERS_NAMES: [&str; 10] = [
    "managername", "managersname", "managerfullname", "reportstoname", "reportingtoname",
    "supervisorname", "linemanagername", "directmanagername", "workersmanagername",
    "reportingmanagername",
];

pub(super) const UNIT_NAME: usize = 0;
pub(super) const UNIT_PARENT: usize = 1;
pub(super) const UNIT_OTHERS: usize = 2;

#[rustfmt::skip]
pub(super) static UNITS: [RowField; 3] = [
    field("the unit", &[
        "unit", "unitname", "name", "orgunit", "team", "department", "branch", "store",
        "location", "site",
    ], true),
    field("the unit above", &[
        "parent", "parentunit", "parentname", "partof", "belongsto", "above", "reportsto",
        "region", "division",
    ], false),
    field("other names", &[
        "alsocalled", "alias", "aliases", "othernames", "othername", "aka", "alsoknownas",
        "synonyms",
    ], false),
];

pub(super) const FROM: usize = 0;
pub(super) const TO: usize = 1;
pub(super) const WEIGHT: usize = 2;
pub(super) const TITLE: usize = 3;

#[rustfmt::skip]
pub(super) static CHAIN: [RowField; 4] = [
    field("the role that does the work (`from`)", &[
        "from", "fromrole", "role", "rolename", "name", "source", "supplier", "provider",
    ], true),
    field("who uses it (`to`)", &[
        "to", "torole", "target", "usedby", "serves", "user", "receiver", "recipient",
    ], false),
    field("the weight", &["weight", "share", "strength", "amount"], false),
    field("the title", &["title", "jobtitle", "roletitle"], false),
];
