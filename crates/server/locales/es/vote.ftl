# Votar las ideas de los compañeros.
vote-title = Vota las ideas
vote-heading = ¿Qué ideas deberían ir primero?
vote-intro-pairs = { $count ->
    [one] Tus compañeros propusieron cambios que ayudarían a nuestros clientes. Una pregunta, dos ideas: elige una.
   *[other] Tus compañeros propusieron cambios que ayudarían a nuestros clientes. { $count } preguntas, dos ideas cada una: elige una.
}
vote-intro-agree = { $count ->
    [one] Tus compañeros propusieron cambios que ayudarían a nuestros clientes. Una idea: ¿estás de acuerdo?
   *[other] Tus compañeros propusieron cambios que ayudarían a nuestros clientes. { $count } preguntas, una idea cada vez: ¿estás de acuerdo?
}
vote-promise = Tus directivos, tus jefes y Recursos Humanos no pueden saber qué votos son tuyos, y votas una vez;
vote-start = Empezar
vote-impact = ¿Cuál ayudaría más a los clientes?
vote-ease = ¿Cuál es más sencilla de hacer?
vote-agree-impact = Esto ayudaría a nuestros clientes
vote-agree-ease = Esto es sencillo de hacer
vote-agree = De acuerdo
vote-disagree = En desacuerdo
vote-pass = Paso
vote-cant-decide = No sé decidirme
vote-skip = Saltar esta
vote-own-words = En palabras de la empresa
vote-last = Eso es todo. ¿Envías tus votos?
vote-last-hint = Antes de enviar puedes volver y cambiarlos. Después nadie puede encontrarlos, así que no se pueden cambiar.
vote-send = Enviar mis votos
vote-empty-title = Te lo saltaste todo
vote-empty = No se envió nada, así que todavía puedes votar.
vote-again = Volver a las ideas
vote-thanks = Gracias. Tus votos han llegado.
vote-thanks-more = Cuentan tanto como los de cualquiera. Lo que la empresa haga con las ideas se contará aquí:
vote-thanks-link = Lo dijisteis, lo hicimos
vote-thanks-wait = Cuentan tanto como los de cualquiera. Puedes cerrar esta página.
vote-nothing-title = Todavía no hay nada que votar
vote-nothing = Las ideas se están leyendo. Vuelve con el mismo enlace en unos días.
vote-forged-title = Estos votos no se han aceptado
vote-forged = El formulario no es el que enviamos, o es demasiado antiguo. Abre otra vez tu enlace y vota allí.
vote-later-title = Ahora mismo no se han podido guardar tus votos
vote-later = No se ha perdido nada: envíalos otra vez dentro de un minuto.
