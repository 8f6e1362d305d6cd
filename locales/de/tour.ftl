# Der Rundgang, und die Aufgaben zu den Beispielen.

tour-skip = Rundgang überspringen
    .hover = Hilfe > Rundgang beginnt ihn von Neuem
tour-open-sample = Beispiel öffnen
tour-close = Rundgang schließen
tour-again = Noch einmal
tour-step = Schritt { $number } von { $count }: { $title }
tour-done = Ihr erstes Kippen
    .text = { $flip } Als Nächstes: eine eigene Aufnahme oder die Suche, die die kleinste Veränderung findet.
tour-flip = Ihre Veränderung: { $change }. Das Urteil des Netzes war { $from } und ist jetzt { $to }.
tour-open = eine Läsion öffnen
    .text = Wählen Sie { $sample }: eine gezeichnete Läsion, von keinem Patienten. Das Urteil des Netzes erscheint unter dem Bild.
tour-alter = das Bild verändern
    .text = Die große Zahl ist P(Melanom), von 0 bis 1. Ziehen Sie rechts einen Regler oder das veränderte Bild selbst: Die Zahl folgt.
tour-compare = vergleichen
    .text = Nebeneinander ist eine kleine Veränderung kaum zu sehen. Wählen Sie über dem Bild Schieber, Blinken oder Differenz.
tour-reset = zurücksetzen
    .text = Nichts ist verloren: Jeder Schritt lässt sich rückgängig machen. Klicken Sie auf Zurücksetzen ({ $reset }) oder machen Sie ihn rückgängig ({ $undo }).
tour-flipping = das Netz umstimmen
    .text = { $task }. Wo seine Bahn zwischen dick und dünn wechselt, kippt das Urteil.
    .any = Ziehen Sie { $slider } oder einen anderen Regler, dessen Bahn teils dick und teils dünn ist: Dort kippt das Urteil.
task-turn-over = Bringen Sie das Netz dazu, das Melanom zu übersehen: Stellen Sie das Bild auf den Kopf
task-miss-green = Bringen Sie das Netz dazu, das Melanom zu übersehen: Ziehen Sie den Regler Grün (Offset)
task-turn = Bringen Sie das Netz zum Urteil Melanom: Drehen Sie das Bild
task-solved = Geschafft: { $change }, und aus { $from } wurde { $to }.
task-next = Weiter mit { $name }
task-of-another-model = Das gilt für das Demomodell, wie es ist, nicht für dieses.
