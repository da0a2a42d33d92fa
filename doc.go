// Package vigie watches what is announced about France's territorial label
// programmes, and keeps for every fact the words that state it.
//
// This package holds the vocabulary that every other package speaks. Data goes
// one way:
//
//	Source ─discover→ Link ─fetch→ Capture ─read→ Article ─extract→ Fact ─merge→ Record ─→ report
//
// Up to the [Capture] vigie talks to the world and keeps what it got byte for
// byte. All that follows is a pure function of the archive and of this
// repository's own YAML and CSV: it can be thrown away and computed again with
// the same result.
//
// The words, and their French:
//
//	label       label, labellisation    a territory is in a programme, or asked to be
//	member      membre, composition     an intercommunalité or commune that composes a territory
//	role        gouvernance             who presides, leads or represents what
//	figure      chiffre                 a count or an amount of the programme
//	event       calendrier              what happened, or will, on which day
//	period      période                 from when to when
//	theme       thème, axe              what the programme is for
//	scope       portée                  whom a fact is about
//	mention     mention                 where a fact is stated: the evidence
//	failure     échec                   a page was asked for in vain, and how
//	record      fiche                   one thing however many documents state it
//	gazetteer   référentiel             the official names and identifiers
//	programme   dispositif              a national label programme and its phases
package vigie
