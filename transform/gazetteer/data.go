package gazetteer

import _ "embed"

// The tables, as strings: their rows are read in place, without a copy.
var (
	//go:embed data/aliases.csv
	aliasesCSV string
	//go:embed data/tables.csv
	tablesCSV string

	//go:embed data/announced.tsv
	announcedTSV string
	//go:embed data/commune_names.tsv
	communeNamesTSV string
	//go:embed data/communes.tsv
	communesTSV string
	//go:embed data/departements.tsv
	departementsTSV string
	//go:embed data/epci.tsv
	epciTSV string
	//go:embed data/everyday.tsv
	everydayTSV string
	//go:embed data/firstnames.tsv
	firstNamesTSV string
	//go:embed data/labels.tsv
	labelsTSV string
	//go:embed data/membership.tsv
	membershipTSV string
	//go:embed data/names.tsv
	namesTSV string
	//go:embed data/regions.tsv
	regionsTSV string
	//go:embed data/territories.tsv
	territoriesTSV string
)
