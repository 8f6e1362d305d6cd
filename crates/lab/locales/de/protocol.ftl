# Das Protokoll einer Befunderstudie.

protocol-title = Protokoll einer Befunderstudie
protocol-note = Hinweis: { $caution }.
protocol-parameters = Parameter
protocol-statistics = Alle Raten werden mit ihren Zahlen angegeben. Raten eines Befunders und zusammengefasste Zahlen haben Wilsons 95-%-Intervall; die zwei Formen derselben Läsionen werden je Befunder mit McNemars Test verglichen; der Unterschied zwischen den Formen über Befunder wird durch eine Analyse für mehrere Befunder und mehrere Fälle (MRMC) geschätzt, die Befunder und Läsionen als Stichproben größerer Gesamtheiten behandelt; die Übereinstimmung der Befunder wird als κ angegeben.
protocol-statistics-of-a-class = Alle Anteile werden mit ihren Zahlen angegeben. Die Hände einer Klasse sind nicht unabhängig voneinander: Es wird kein Intervall und kein Test aus ihnen berechnet.
protocol-form =
    { $count } in der Form „{ $form }“ ({ $melanomas ->
        [one] { $melanomas } Melanom
       *[other] { $melanomas } Melanome
    }, { $nevi ->
        [one] { $nevi } Nävus
       *[other] { $nevi } Nävi
    })
protocol-gap =
    { $count ->
        [one] { $count } anderem Fall
       *[other] { $count } anderen Fällen
    }
protocol-both-forms =
    { $count ->
        [one] wird { $count } Läsion jedem Befunder in beiden Formen gezeigt, mit mindestens { $gap } dazwischen; welche Form zuerst kommt, ist innerhalb eines Befunders und zwischen Befundern ungerader und gerader Plätze ausgeglichen
       *[other] werden { $count } Läsionen jedem Befunder in beiden Formen gezeigt, mit mindestens { $gap } dazwischen; welche Form zuerst kommt, ist innerhalb eines Befunders und zwischen Befundern ungerader und gerader Plätze ausgeglichen
    }
protocol-both-forms-class =
    { $count ->
        [one] wird { $count } Läsion jeder Klasse in beiden Formen gezeigt, mit mindestens { $gap } dazwischen; welche Form zuerst kommt, ist innerhalb einer Klasse und zwischen Klassen ungerader und gerader Plätze ausgeglichen
       *[other] werden { $count } Läsionen jeder Klasse in beiden Formen gezeigt, mit mindestens { $gap } dazwischen; welche Form zuerst kommt, ist innerhalb einer Klasse und zwischen Klassen ungerader und gerader Plätze ausgeglichen
    }
protocol-one-form =
    { $count ->
        [one] sieht kein Befunder eine Läsion zweimal; { $count } Läsion wird Befundern ungerader Plätze in einer Form gezeigt und, soweit ihre Zahl es erlaubt, Befundern gerader Plätze in der anderen
       *[other] sieht kein Befunder eine Läsion zweimal; { $count } Läsionen werden Befundern ungerader Plätze in einer Form gezeigt und, soweit ihre Zahl es erlaubt, Befundern gerader Plätze in der anderen
    }
protocol-one-form-class =
    { $count ->
        [one] sieht keine Klasse eine Läsion zweimal; { $count } Läsion wird Klassen ungerader Plätze in einer Form gezeigt und, soweit ihre Zahl es erlaubt, Klassen gerader Plätze in der anderen
       *[other] sieht keine Klasse eine Läsion zweimal; { $count } Läsionen werden Klassen ungerader Plätze in einer Form gezeigt und, soweit ihre Zahl es erlaubt, Klassen gerader Plätze in der anderen
    }
protocol-material =
    { $who ->
        [class] Jede Klasse
       *[reader] Jeder Befunder
    } beurteilt { $cases } dermatoskopische Bilder von 299 × 299 Bildpunkten: { $unmodified } und { $adversarial }. Ein verändertes Bild wurde innerhalb der Grenzen seiner Suche so verändert, dass das Urteil des Netzes { $network } (Schwelle { $threshold }, { $remedy }) kippt, als 8-Bit-Bild, das aus seiner Datei zurückgelesen und für sich beurteilt wird. Melanome und Nävi wurden so gleichmäßig gezogen, wie das Material es erlaubt, mit dem Startwert { $seed }. In dieser Studie { $forms }. Die Reihenfolge der Fälle ist zufällig (Startwert { $seed }, ein Strom je Platz) und { $who ->
        [class] von Klasse zu Klasse
       *[reader] von Befunder zu Befunder
    } verschieden.
protocol-search =
    { $count ->
        [one] { $count } Bild durch { $search }
       *[other] { $count } Bilder durch { $search }
    }
protocol-further = . Ferner{" "}
protocol-searches = Die veränderten Bilder wurden durch Suche gefunden: { $searches }. Die Aufnahmen wurden für das Netz { $framing ->
        [crop] zugeschnitten
       *[squash] gestaucht
    }. Der Startwert jeder Suche steht bei ihrem Fall in den Tabellen.
protocol-no-limit = ohne Zeitgrenze
protocol-limit =
    { $count ->
        [one] höchstens { $count } Sekunde lang; danach gilt der Fall als nicht beantwortet
       *[other] höchstens { $count } Sekunden lang; danach gilt der Fall als nicht beantwortet
    }
protocol-practice =
    { $count ->
        [0] Geübt wird nicht
        [one] Zuerst kommt { $count } Übungsbild einer anderen Läsion, danach wird die Diagnose genannt
       *[other] Zuerst kommen { $count } Übungsbilder anderer Läsionen; danach wird jedes Mal die Diagnose genannt
    }
protocol-presentation = Die Bilder werden einzeln auf neutralem Grau gezeigt, auf dem Bildschirm { $side } Punkte breit und hoch, { $limit }. Nur die Bilder selbst unterscheiden die Formen: Sie stammen aus einer Datei, die genau diese Bilder enthält, gleich codiert und unter Nummern, die nichts verraten. { $practice }; während des Befundens erfahren Befunder sie nicht.
protocol-presentation-class = Die Bilder werden einzeln auf neutralem Grau gezeigt, so groß, wie es der Bildschirm vor der Klasse erlaubt, { $limit }. Nur die Bilder selbst unterscheiden die Formen: Sie stammen aus einer Datei, die genau diese Bilder enthält, gleich codiert und unter Nummern, die nichts verraten. { $practice }; in der Studie selbst erfahren Klassen die Diagnose nicht.
protocol-asked-label = Melanom oder Nävus
protocol-asked-confidence = Sicherheit von 1 (geraten) bis 5 (sicher)
protocol-asked-biopsy = ob sie biopsieren würden
protocol-asked-biopsy-class = ob biopsiert werden soll
protocol-classroom = Eine Klasse antwortet durch Handzeichen, die die Lehrkraft zählt und einträgt; ihre Stimmen werden als Zahlen berichtet und nicht als unabhängige Antworten behandelt.
protocol-readers =
    { $count ->
        [one] { $count } Befunder ist geplant, bekannt unter Pseudonym. Jede Antwort ist gespeichert, bevor das nächste Bild gezeigt wird.
       *[other] { $count } Befunder sind geplant, bekannt unter Pseudonymen. Jede Antwort ist gespeichert, bevor das nächste Bild gezeigt wird.
    }
protocol-asked = Befunder werden gefragt: { $asked }. { $who }
protocol-asked-class = Klassen werden gefragt: { $asked }. { $who }

# Seine Parameter.
parameter-plan = Plan, SHA-256
parameter-software = Software
parameter-cases = Fälle
parameter-share = Anteil veränderter Fälle
parameter-both-forms = beide Formen
parameter-gap = Fälle zwischen beiden
parameter-pairs = Läsionen in beiden Formen
parameter-side = Seite, Punkte
parameter-side-class = so groß, wie der Bildschirm erlaubt
parameter-time-limit = Zeitgrenze, Sekunden
parameter-no-limit = ohne Grenze
parameter-confidence = Sicherheit gefragt
parameter-biopsy = Biopsie gefragt
parameter-practice = Übungsfälle
parameter-readers = geplante Befunder
parameter-classroom = Klasse mit Handzeichen
parameter-seed = Startwert
parameter-network = Netz
parameter-network-sha256 = Netz, SHA-256
parameter-threshold = Netz, Schwelle
parameter-remedy = Netz, Gegenmaßnahme
parameter-framing = Ausschnitt
parameter-crop = zugeschnitten
parameter-squash = gestaucht
parameter-reading = Aufnahmen gelesen
parameter-converted = mit Ausrichtung und Farbprofil
parameter-raw = als Rohwerte
parameter-field-of-view = rundes Sichtfeld
parameter-searches = Suchen
parameter-intervals = Intervalle der Raten
parameter-assumed = Netz, angenommen
