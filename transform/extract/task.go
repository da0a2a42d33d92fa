package extract

import "vigie"

var (
	// givesTask stand between whom and the infinitive of what they are to do.
	givesTask = cues(
		"a|ont|est|sont|sera|seront ete? designe|designee|designes|designees|choisi|choisie|choisis|nomme|nommee|nommes|mandate|mandatee|elu|elue|recrute|recrutee|embauche|embauchee afin|pour de?",
		"a|ont|est|sont ete? designe|designee|choisi|choisie|nomme|nommee|mandate|mandatee|elu|elue|recrute|recrutee|embauche|embauchee par ..6 afin|pour de?", "est|sont arrive|arrivee|arrives|venu|venue|la ..4 pour",
		"est|sont|sera|seront|a|ont ete? charge|charges|chargee|chargees de|d'", "aura|auront|a|ont la charge|responsabilite|mission ..4 de|d'", "aura|auront|a|ont pour mission|tache|role de|d'", "accepte|acceptent|a accepte de|d'",
		"pourrait|pourraient|devrait|devraient|va|vont|souhaite|souhaitent|espere", ",? charge|chargee|charges|chargees de|d'", ",? designe|designee|designes|designees pour",
	)
	infinitiveRoles = map[string]governing{
		"animer": {"anim", "anime", finite}, "conduire": {"condu", "pilote", finite}, "coordonner": {"coordonn", "coordonne", finite}, "copiloter": {"copilot", "copilote", finite},
		"copresider": {"copresid", "preside", finite}, "coanimer": {"coanim", "anime", finite}, "mener": {"men", "pilote", finite}, "piloter": {"pilot", "pilote", finite},
		"porter": {"port", "pilote", finite}, "presider": {"presid", "preside", finite}, "representer": {"represent", "represente", finite},
	}
)

// tasks: "A, maire de X, a été désignée pour représenter l'ensemble des binômes".
func (p *Passage) tasks(hs []holder, ts []target) []act {
	var acts []act
	for k := range p.Tokens {
		v, ok := infinitiveRoles[p.Tokens[k].Fold]
		if !ok {
			continue
		}
		i, pronoun := k, ""
		for i > 0 && objectPronouns[p.Tokens[i-1].Fold] {
			i--
			pronoun = p.Tokens[i].Fold
		}
		a := act{lo: k, hi: k + 1, verb: v.stem, roles: []string{v.role}, rule: "role-task", sure: 0.85}
		if !p.objectOf(&a, ts, k, pronoun) {
			continue
		}
		for _, h := range p.found(givesTask) {
			if h.j != i && !p.only(andTask, h.j, i) || matchAt(chooses, p.Tokens, h.i) > 0 {
				continue
			}
			s, _ := p.beforeVerb(h.i)
			if p.subjectBefore(&a, hs, acts, s) {
				acts = append(acts, a)
			} else if list, end := p.list(a.hi + 1); p.foldAt(a.hi) == ":" && len(list) > 0 { // "Ont été désignés pour piloter la démarche : A et B"
				a.holders, a.lo, a.hi = list, h.i, end
				acts = append(acts, a)
			}
			break
		}
		if h, ok := p.chosenFor(hs, i); ok {
			a.holders, a.lo = []holder{h}, h.i
			acts = append(acts, a)
		}
	}
	return acts
}

// chosenFor is whom others choose to do what the infinitive at token i says: "ont choisi A
// pour animer la démarche", "se sont entendus sur le nom de A pour présider le comité".
func (p *Passage) chosenFor(hs []holder, i int) (holder, bool) {
	if p.foldAt(i-1) != "pour" && p.foldAt(i-1) != "afin" {
		return holder{}, false
	}
	for _, h := range hs {
		if h.kind == vigie.HolderPerson && (h.j == i-1 || h.j == i-2 && p.Tokens[h.j].Is(",")) && (hasCue(appoints, p.Tokens[max(0, h.i-5):h.i]) || matchEnding(nameOf, p.Tokens, max(0, h.i-4), h.i)) {
			return h, true
		}
	}
	return holder{}, false
}

var nameOf = cues("nom|choix de|d'", "choix sur", "recrute|recrutent|embauche|embauchent")

// andTask: "chargée de coordonner et d'animer la démarche".
var andTask = cues("animer|coordonner|piloter|suivre|conduire|preparer|presider", "et", ",", "de|d'")
